/** How a form is answered: by the page to go on to, or by a sentence on the page it came from, and nothing is lost. */
import { fail, type ActionFailure } from '@sveltejs/kit';
import { keyOf } from '#lib/platform/posted.ts';
import { httpStatus, Refusal } from '#lib/platform/refusal.ts';
import type { Words } from '#lib/platform/words.ts';
import { leadOn } from './lead-on.ts';

type Fields = Record<string, unknown>;

/**
 * Does what a form asks, and goes on to the page that `command` names; or shows on the form's own page what it gives
 * instead of one, which is seen but once. What is refused is said on that page too, beside what `told` gives it to show
 * again. What is not there at all has a page of its own.
 */
export function answer(t: Words, command: () => Promise<string>): Promise<ActionFailure<{ problem: string }>>;
export function answer<Told extends Fields>(
  t: Words,
  command: () => Promise<string>,
  told: (problem: string, refusal: Refusal) => Told
): Promise<ActionFailure<Told>>;
export function answer<Told extends Fields, Shown extends Fields>(
  t: Words,
  command: () => Promise<Shown>,
  told: (problem: string, refusal: Refusal) => Told
): Promise<ActionFailure<Told> | Shown>;
export async function answer(
  t: Words,
  command: () => Promise<string | Fields>,
  told: (problem: string, refusal: Refusal) => Fields = (problem) => ({ problem })
) {
  let to: string | Fields;
  try {
    to = await command();
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.kind === 'missing') throw refusal;
    return fail(httpStatus[refusal.kind], told(t(refusal.words, refusal.values), refusal));
  }
  return typeof to === 'string' ? leadOn(to) : to;
}

/**
 * What was typed, to be shown again with a refusal at the field that it is about, else over all of them. A form whose
 * key was used up goes on under another, so that it can be sent once more.
 */
export const again =
  <Typed extends object>(typed: Typed, fieldOf: (refusal: Refusal) => string = () => '') =>
  (problem: string, refusal: Refusal) => ({
    typed:
      refusal.words === 'errors.form_used'
        ? { ...typed, ...('key' in typed && { key: keyOf(null) }) }
        : typed,
    problems: { [fieldOf(refusal)]: problem } as Record<string, string>
  });
