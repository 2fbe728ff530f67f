/** How a form is answered: by the page to go on to, or by a sentence on the page it came from, and nothing is lost. */
import { fail, redirect, type ActionFailure } from '@sveltejs/kit';
import { httpStatus, Refusal } from '#lib/platform/refusal.ts';
import type { Words } from '#lib/platform/words.ts';

/**
 * Does what a form asks, and goes on to the page that `command` names. What is refused is said on the form's own page,
 * beside what `told` gives it to show again. What is not there at all has a page of its own.
 */
export function answer(t: Words, command: () => Promise<string>): Promise<ActionFailure<{ problem: string }>>;
export function answer<Told extends Record<string, unknown>>(
  t: Words,
  command: () => Promise<string>,
  told: (problem: string, refusal: Refusal) => Told
): Promise<ActionFailure<Told>>;
export async function answer(
  t: Words,
  command: () => Promise<string>,
  told: (problem: string, refusal: Refusal) => Record<string, unknown> = (problem) => ({ problem })
) {
  let to: string;
  try {
    to = await command();
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.kind === 'missing') throw refusal;
    return fail(httpStatus[refusal.kind], told(t(refusal.words, refusal.values), refusal));
  }
  redirect(303, to);
}
