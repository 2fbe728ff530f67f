/** What a form answers when it cannot do what was asked: what is wrong, and what was typed, except secrets. */
import { fail } from '@sveltejs/kit';
import { shownAgain, type FieldName, type Problem, type Problems, type Typed } from '#lib/people/form.ts';
import { httpStatus, Refusal } from '#lib/platform/refusal.ts';
import type { Words } from '#lib/platform/words.ts';

/** What is wrong with which field, in words. */
export const inWords = (t: Words, problems: Record<string, Problem>): Record<string, string> =>
  Object.fromEntries(Object.entries(problems).map(([field, { words, values }]) => [field, t(words, values)]));

/** Something is wrong with a field; under '' with the form as a whole. */
export function sayNo<Field extends FieldName>(
  t: Words,
  typed: Typed<Field>,
  problems: Problems,
  status = 422
) {
  const sentences: Record<string, string> = {};
  for (const [field, problem] of Object.entries(problems))
    sentences[field] = t(problem.words, problem.values);
  return fail(status, { typed: shownAgain(typed), problems: sentences });
}

/** It was refused as a whole. Anything thrown that is no refusal flies on. */
export function sayRefused<Field extends FieldName>(t: Words, typed: Typed<Field>, thrown: unknown) {
  if (!(thrown instanceof Refusal)) throw thrown;
  return sayNo(t, typed, { '': { words: thrown.words, values: thrown.values } }, httpStatus[thrown.kind]);
}
