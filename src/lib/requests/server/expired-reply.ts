/** A reply whose writer was signed out meanwhile: kept as a visitor's, and theirs again when they sign in here. */
import { hostCookie } from '#lib/platform/cookie.ts';
import { nobody } from '#lib/platform/actor.ts';
import type { RequestEvent } from '@sveltejs/kit';
import {
  newVisitor,
  visitorCookie,
  visitorCookieOptions,
  visitorDigest
} from '#lib/people/server/visitor.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { inTime } from '#lib/platform/server/timeout.ts';
import { log } from '#lib/platform/server/log.ts';
import { config, database, secure } from '#lib/platform/server/runtime.ts';
import { keepDraft, replyForm } from '#lib/forms/server/drafts.ts';

/** Nobody waits longer for it, in milliseconds: the words are on the screen as well. */
const patience = 2_000;

/** What was kept: under which key, and with which cookie it is found again. Null when it is no reply, or was not kept. */
export async function keepForLater({ cookies, locals, params, route, url }: RequestEvent, form: FormData) {
  const text = textIn(form, 'text').replace(/\r\n?/g, '\n');
  const isReply = route.id === '/(home)/requests/[reference]' && url.searchParams.has('/reply');
  if (!isReply || text.trim() === '') return null;

  const key = keyOf(form.get('key'));
  const { actor } = locals;
  const known = actor.kind === 'visitor' && actor.visitor;
  const value = (known && cookies.get(hostCookie(visitorCookie, secure))) || newVisitor(config.secret);
  const stranger = actor.kind === 'visitor' ? actor : nobody;
  const visitor = { ...stranger, visitor: visitorDigest(value, config.secret) };
  const draft = { key, form: replyForm(params['reference'] ?? ''), typed: { text } };
  try {
    const kept = await inTime(keepDraft(database.as(visitor), visitor, draft), patience);
    return kept
      ? {
          key,
          cookie: cookies.serialize(hostCookie(visitorCookie, secure), value, visitorCookieOptions(secure))
        }
      : null;
  } catch (problem) {
    log.warn('a reply of somebody signed out could not be kept', { error: problem });
    return null;
  }
}
