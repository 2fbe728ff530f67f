/** Where nothing else answers: with the database gone or silent, what was typed is still read for danger. */
import { setTimeout as pause } from 'node:timers/promises';
import { json, type RequestEvent } from '@sveltejs/kit';
import { screenNow } from '#lib/emergencies/server/screening.ts';
import { textIn } from '#lib/platform/posted.ts';
import { isVouchedFor } from './safety-first.ts';

/** How long a page may take before the safety page is shown in its place. */
const patience = 4000;

/**
 * Answers a request. Where that fails for want of the database, or takes too long, and danger was written of, the
 * safety page is shown instead. It is given no record, and so it claims that nobody was told.
 */
export async function withSafetyNet(event: RequestEvent, answer: () => Promise<Response>): Promise<Response> {
  if (!takesText(event)) return answer();
  const copy = event.request.method === 'POST' ? event.request.clone() : null;
  const answering = answer();
  const answered = await Promise.race([
    answering.then(
      ({ status }) => status !== 503,
      () => false
    ),
    pause(patience, false, { ref: false })
  ]);
  if (answered) return answering;

  const form = (await copy?.formData().catch(() => null)) ?? new FormData();
  if (isVouchedFor(textIn(form, 'key'), textIn(form, 'safe'))) return answering;
  const search = event.url.searchParams.get('q') ?? '';
  const way = wayOutOfDanger([['q', search], ...form]);
  if (!way) return answering;
  // The script that keeps drafts follows it by itself.
  if (event.route.id?.endsWith('/draft')) return json({ kept: false, safety: way });
  return new Response(null, { status: 303, headers: { location: way, 'cache-control': 'no-store' } });
}

/** Not on the safety page itself: who says there that they are safe would be led to it again. */
const takesText = ({ request, route, url }: RequestEvent) =>
  route.id !== '/(open)/emergency/heard' && (request.method === 'POST' || url.searchParams.has('q'));

function wayOutOfDanger(typed: [string, FormDataEntryValue][]): string | null {
  const said = typed.filter(([name]) => !/password|^(key|safe|email)$/i.test(name)).map(([, value]) => value);
  const { level, hazard } = screenNow(said.filter((value) => typeof value === 'string').join('\n'));
  return level === 'clear' ? null : `/emergency/heard?hazard=${hazard ?? 'gas'}&verdict=${level}`;
}
