/** What a form of named fields answers: what is wrong with which field, and what was typed, except secrets. */
import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import {
  readFields,
  shownAgain,
  type FieldName,
  type Problem,
  type Problems,
  type Typed
} from '#lib/people/form.ts';
import type { Words } from '#lib/platform/words.ts';
import { again, answer, type Ways } from '../form-action.ts';

/** What is wrong with which field, in words. */
export const inWords = (t: Words, problems: Record<string, Problem>): Record<string, string> =>
  Object.fromEntries(Object.entries(problems).map(([field, { words, values }]) => [field, t(words, values)]));

/** Reads these fields, does `command` with them, and goes on; or says what is wrong, under '' with the form as a whole. */
export async function answerFields<Field extends FieldName, Done extends string | object>(
  { request, locals: { t } }: Pick<RequestEvent, 'request' | 'locals'>,
  fields: readonly Field[],
  command: (typed: Typed<Field>, wrong: Wrong<Field>) => Promise<Done>,
  // A link that is over is said on the page that it led to.
  ways: Ways = { saysMissing: true }
) {
  const reading = readFields(await request.formData(), fields);
  const shown = shownAgain(reading.typed);
  const wrong: Wrong<Field> = (problems, status = 422) =>
    fail(status, { typed: shown, problems: inWords(t, problems) });
  if (!reading.ok) return wrong(reading.problems);
  return answer(t, () => command(reading.typed, wrong), again(shown), ways);
}

/** Says what is wrong with which field. */
export type Wrong<Field extends FieldName> = (
  problems: Problems,
  status?: number
) => ActionFailure<{ typed: Partial<Typed<Field>>; problems: Record<string, string> }>;
