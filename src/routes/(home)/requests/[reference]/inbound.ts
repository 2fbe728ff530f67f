/** What is known here of a reply, or of how a visit went: what was said before, and what its record carries. */
import type { Stored, Told } from '#lib/forms/server/told-by-route.ts';
import { lastWords } from '#lib/requests/server/last-words.ts';
import { idOfReference } from '#lib/requests/server/queries.ts';
import { keepReply, replyIn } from './reply.ts';
import type { RequestEvent } from './$types';

export async function inbound(event: RequestEvent, form: FormData): Promise<Told> {
  const request = idOfReference(event.params.reference);
  if (!isReply(form)) return { request, channel: 'rating' };
  return { request, channel: 'message', keep: () => keepReply(event, replyIn(form)) };
}

export async function stored({ params, locals }: RequestEvent, form: FormData): Promise<Stored> {
  const last = isReply(form) ? await lastWords(locals.db, idOfReference(params.reference)) : null;
  return { texts: last ? [last] : [], heard: true };
}

const isReply = (form: FormData) => form.has('text');
