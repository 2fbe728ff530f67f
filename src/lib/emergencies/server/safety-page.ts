/** The safety page as the very answer to a form, with the words that were typed: where nobody else has kept them. */
import type { RequestEvent } from '@sveltejs/kit';

/** `way` is the address of the safety page. No words go into it: they are posted, and shown to be copied. */
export async function safetyPageHere(event: RequestEvent, way: string, typed: readonly string[]) {
  const page = await event.fetch(way.replace('?', '?/words&'), {
    method: 'POST',
    headers: { accept: 'text/html' },
    body: new URLSearchParams(typed.map((words) => ['typed', words]))
  });
  // Not an error, whatever has failed: what stands before some servers puts a page of its own in the place of errors.
  return new Response(page.body, { status: 200, headers: page.headers });
}
