/** Answers in words: the same on the review page, on the customer's page and at the desk. */
import { wordsFor } from '#lib/platform/words.ts';
import type { Locale } from '#lib/platform/language.ts';
import { isDay } from '#lib/platform/dates.ts';
import { writeDay } from './day.ts';
import { writeNumber } from './number.ts';
import type { Field, ServiceType } from './definition.ts';
import type { Answer } from './field-schema.ts';
import type { Answers } from './form.ts';

/** Each answered question with its answer, in the order of the form. */
export function showAnswers(definition: ServiceType, answers: Answers, locale: Locale) {
  return definition.fields.flatMap((field) => {
    const answer = answers[field.name];
    if (answer === undefined || answer === '') return [];
    return [{ name: field.name, label: field.label[locale], value: inWords(field, answer, locale) }];
  });
}

/** What is answered otherwise now than before, in words; `value` is null where an answer was taken back. */
export function changedAnswers(definition: ServiceType, before: Answers, now: Answers, locale: Locale) {
  const said = (answers: Answers) =>
    new Map(showAnswers(definition, answers, locale).map(({ name, value }) => [name, value]));
  const [then, later] = [said(before), said(now)];
  return definition.fields
    .filter(({ name }) => then.get(name) !== later.get(name))
    .map(({ name, label }) => ({ name, label: label[locale], value: later.get(name) ?? null }));
}

/** Everything that was answered, as the form had it. `submitRequest` is the only writer of the columns. */
export const allAnswers = (asked: { answers: unknown; contact: unknown; description: string }): Answers => ({
  ...(asked.answers as Answers),
  ...(asked.contact as Answers),
  description: asked.description
});

function inWords(field: Field, answer: Answer, locale: Locale): string {
  switch (field.kind) {
    case 'date':
      return isDay(String(answer)) ? writeDay(String(answer), locale) : String(answer);
    case 'number':
      return [writeNumber(field, Number(answer), locale), field.unit?.[locale]].filter(Boolean).join(' ');
    case 'yes_no':
    case 'gate':
      return wordsFor(locale)(answer === 'yes' ? 'form.yes' : 'form.no');
    case 'choice':
    case 'choices': {
      const labels = new Map(field.options.map(({ value, label }) => [value, label[locale]]));
      const chosen = (Array.isArray(answer) ? answer : [String(answer)]).map(
        (value) => labels.get(value) ?? value
      );
      return new Intl.ListFormat(locale, { type: 'conjunction' }).format(chosen);
    }
    default:
      return String(answer);
  }
}
