/** The rules of a form as the page hands them to the browser: without labels, with the words of every refusal. */
import type { WordKey, Words } from '#lib/platform/words.ts';
import type { Today } from '../day.ts';
import type { Field, ServiceType } from '../definition.ts';
import { mentions, messagesOf } from '../field-messages.ts';
import type { Context } from '../form.ts';

export type Rules = Today & {
  fields: Field[];
  /** Per field, what each of its messages says. */
  said: Record<string, Partial<Record<WordKey, string>>>;
};

export function rulesOf({ fields }: ServiceType, context: Context, t: Words): Rules {
  const said = fields.map((field) => [field.name, wordsFor(field)] as const);
  const { today, holidays, currency } = context;
  return { today, holidays, currency, fields: fields.map(bare), said: Object.fromEntries(said) };

  function wordsFor(field: Field): Partial<Record<WordKey, string>> {
    const values = mentions(field, context);
    return Object.fromEntries(messagesOf(field).map((key) => [key, t(key, values)] as const));
  }
}

const silent = { en: '', es: '' };

function bare(field: Field): Field {
  const options = 'options' in field && {
    options: field.options.map(({ value }) => ({ value, label: silent }))
  };
  return { ...field, ...options, label: silent, help: undefined };
}
