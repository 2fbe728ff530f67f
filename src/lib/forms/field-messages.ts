/** What may be said about what is typed into a field, and what those sentences mention. */
import type { Locale } from '#lib/platform/language.ts';
import type { WordKey, Words } from '#lib/platform/words.ts';
import { writeDay } from './day.ts';
import type { Today } from './day.ts';
import type { DateField, Field, GateField, NumberField, TextField } from './definition.ts';
import { dayLimits, numberLimits } from './limits.ts';
import { meaningOf, nameOfCurrency, writeNumber } from './number.ts';

export type Mentions = Record<string, string | number>;

/** A sentence or an answer away from its field, after the label that it belongs to. */
export const sayOf = (label: string, text: string, t: Words): string =>
  t(label.endsWith('?') ? 'form.of_question' : 'form.of_label', { label, text });

/** Every message that a field can earn. The page hands their words to the browser, which checks by the same rules. */
export function messagesOf(field: Field): WordKey[] {
  switch (field.kind) {
    case 'text':
      return ['form.required', 'form.too_long', ...(field.format ? [formatMessage[field.format]] : [])];
    case 'number':
      return [
        'form.required',
        numberMessage(field),
        'form.number_small',
        'form.number_large',
        fractionMessage(field)
      ];
    case 'date':
      return [
        'form.required_date',
        'form.date',
        ...(field.min ? (['form.date_early'] as const) : []),
        ...(field.max ? (['form.date_late'] as const) : [])
      ];
    case 'choices':
      return ['form.required_choices', 'form.not_offered'];
    case 'meter_reading':
      return ['form.required', 'form.reading'];
    case 'gate':
      return ['form.required_choice', 'form.not_offered', gateMessage(field)];
    default:
      return ['form.required_choice', 'form.not_offered'];
  }
}

/** What the messages about a field may mention, ready to be put into words. */
export function mentions(field: Field, context: Today & { locale: Locale }): Mentions {
  const label = field.label[context.locale];
  if (field.kind === 'text') return { label, max: field.max };
  if (field.kind === 'number') return { label, ...numbersOf(field, context) };
  if (field.kind === 'date') return { label, ...writtenLimits(field, context) };
  return { label };
}

export const formatMessage: Record<NonNullable<TextField['format']>, WordKey> = {
  email: 'form.email',
  phone: 'form.phone'
};

export const gateMessage = ({ leads_to }: GateField): WordKey =>
  leads_to === 'emergency' ? 'form.gate_emergency' : 'form.gate_elsewhere';

export const numberMessage = (field: NumberField): WordKey =>
  meaningOf(field) === 'money' ? 'form.amount' : 'form.number';

export const fractionMessage = ({ step }: NumberField): WordKey =>
  step === 1 ? 'form.number_whole' : 'form.number_step';

function numbersOf(field: NumberField, { locale, currency }: Today & { locale: Locale }): Mentions {
  const { min, max } = numberLimits(field);
  return {
    min: writeNumber(field, min, locale),
    max: writeNumber(field, max, locale),
    currency: currency ? nameOfCurrency(currency, locale) : 'none'
  };
}

function writtenLimits(field: DateField, context: Today & { locale: Locale }): Mentions {
  const { min, max } = dayLimits(field, context);
  return {
    ...(min && { min: writeDay(min, context.locale) }),
    ...(max && { max: writeDay(max, context.locale) })
  };
}
