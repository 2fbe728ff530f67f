/** The safety page as the very answer to a form, with the words that were typed: where nobody else has kept them. */
import type { RequestEvent } from '@sveltejs/kit';

/** What a form held, and where it was sent to: our own path, with its action. */
export interface SentForm {
  to: string;
  fields: readonly (readonly [string, string])[];
}

/**
 * `way` is the address of the safety page. No words go into it: they are posted, and shown to be copied. A form that may
 * be sent once more from there goes with them.
 */
export async function safetyPageHere(
  event: RequestEvent,
  way: string,
  typed: readonly string[],
  sent?: SentForm
) {
  const page = await event.fetch(way.replace('?', '?/words&'), {
    method: 'POST',
    headers: { accept: 'text/html' },
    body: new URLSearchParams([
      ...typed.map((words) => ['typed', words]),
      ...(sent ? [['again', JSON.stringify(sent)]] : [])
    ])
  });
  // Not an error, whatever has failed: what stands before some servers puts a page of its own in the place of errors.
  return new Response(page.body, { status: 200, headers: page.headers });
}
