/** How a form is answered: by the page to go on to, or by a sentence on the page it came from, and nothing is lost. */
import { fail, type ActionFailure } from '@sveltejs/kit';
import { keptUnlessDone } from '#lib/forms/server/autosave.ts';
import { keyOf } from '#lib/platform/posted.ts';
import { httpStatus, Refusal } from '#lib/platform/refusal.ts';
import type { Words } from '#lib/platform/words.ts';
import { leadOn } from './lead-on.ts';

type Told<Again> = (problem: string, refusal: Refusal) => Again | Promise<Again>;

export interface Ways {
  /** Keeps what was typed, wherever this leads unless it is done: to a problem, to safety, to an error. */
  keep?: () => Promise<boolean>;
  /** Of a form whose own page says what is not there any more: a link that is over, a reply that was deleted. */
  saysMissing?: boolean;
}

/**
 * Does what a form asks, and goes on to the page that `command` names; or shows on the form's own page what it gives
 * instead of one: what is wrong with a field (`fail`), or what is seen but once. What is refused is said on that page too,
 * beside what `told` gives it to show again. What is not there at all has a page of its own.
 */
export function answer<Done extends string | object>(
  t: Words,
  command: () => Promise<Done>
): Promise<Exclude<Done, string> | ActionFailure<{ problem: string }>>;
export function answer<Done extends string | object, Again extends Record<string, unknown>>(
  t: Words,
  command: () => Promise<Done>,
  told: Told<Again>,
  ways?: Ways
): Promise<Exclude<Done, string> | ActionFailure<Again>>;
export async function answer(
  t: Words,
  command: () => Promise<string | object>,
  told: Told<Record<string, unknown>> = (problem) => ({ problem }),
  { keep, saysMissing = false }: Ways = {}
) {
  const doing = async () => {
    try {
      return await command();
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || (refusal.kind === 'missing' && !saysMissing)) throw refusal;
      return fail(httpStatus[refusal.kind], await told(t(refusal.words, refusal.values), refusal));
    }
  };
  const to = await (keep ? keptUnlessDone(keep, doing) : doing());
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

/** Said over all of a form that has nothing to be shown again. */
export const above = (problem: string) => ({
  typed: undefined,
  problems: { '': problem } as Record<string, string>
});
