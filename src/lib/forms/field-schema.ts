/** What each kind of field accepts, as a valibot schema whose messages are keys of `words/…/form.json`. */
import * as v from 'valibot';
import { clean, isBlank, lengthOf, oneLine, plain } from '#lib/platform/cleaning.ts';
import { isEmail } from '#lib/platform/email.ts';
import { isPhone } from '#lib/platform/phone.ts';
import type { WordKey } from '#lib/platform/words.ts';
import { isDay } from '#lib/platform/dates.ts';
import type { Today } from './day.ts';
import type {
  ChoiceField,
  ChoicesField,
  DateField,
  Field,
  GateField,
  NumberField,
  TextField
} from './definition.ts';
import { formatMessage, fractionMessage, gateMessage, numberMessage } from './field-messages.ts';
import { dayLimits, numberLimits } from './limits.ts';
import { meaningOf, readAmount, readNumber } from './number.ts';

/** Numbers as numbers, ticked boxes as lists, everything else as text: days 'YYYY-MM-DD', yes and no in words. */
export type Answer = string | number | string[];
export type AnswerSchema = v.GenericSchema<unknown, Answer | undefined>;

/** Reads the typed text of one field; `undefined` stands for a field left empty. */
export function answerSchema(field: Field, context: Today): AnswerSchema {
  const schema = schemaOf(field, context);
  return field.required ? schema : v.optional(schema);
}

/** The message about what is typed into one field, or null when nothing is wrong with it. */
export function messageAbout(
  field: Field,
  typed: string | string[] | undefined,
  context: Today
): WordKey | null {
  const { issues } = v.safeParse(answerSchema(field, context), given(typed));
  // The schemas give no messages but those of `messagesOf`; a test holds the two together.
  return issues ? (issues[0].message as WordKey) : null;
}

/** Nothing but spaces, and marks that nobody sees, is nothing. */
export const given = (typed: string | string[] | undefined) =>
  typeof typed === 'string' && isBlank(typed) ? undefined : typed;

function schemaOf(field: Field, context: Today): v.GenericSchema<unknown, Answer> {
  switch (field.kind) {
    case 'text':
      return textSchema(field);
    case 'number':
      return numberSchema(field, context);
    case 'date':
      return dateSchema(field, context);
    case 'choice':
      return choiceSchema(field);
    case 'choices':
      return choicesSchema(field);
    case 'meter_reading':
      return readingSchema();
    case 'yes_no':
      return yesNoSchema();
    case 'gate':
      return gateSchema(field);
  }
}

function textSchema({ long, max, format }: TextField) {
  const text = v.pipe(
    v.string('form.required'),
    v.transform((typed) => tidy(typed, long)),
    v.check((text) => lengthOf(text) <= max, 'form.too_long')
  );
  return format ? v.pipe(text, v.check(fits[format], formatMessage[format])) : text;
}

function numberSchema(field: NumberField, { currency }: Today) {
  const { min, max, step } = numberLimits(field);
  const read = (typed: string) =>
    meaningOf(field) === 'money' ? readAmount(typed, currency) : readNumber(typed);
  return v.pipe(
    v.string('form.required'),
    v.transform(read),
    v.number(numberMessage(field)),
    v.minValue(min, 'form.number_small'),
    v.maxValue(max, 'form.number_large'),
    v.check((number) => isWhole(number / step), fractionMessage(field))
  );
}

function dateSchema(field: DateField, context: Today) {
  const { min = '0000', max = '9999' } = dayLimits(field, context);
  return v.pipe(
    v.string('form.required_date'),
    v.trim(),
    v.check(isDay, 'form.date'),
    v.minValue(min, 'form.date_early'),
    v.maxValue(max, 'form.date_late')
  );
}

const choiceSchema = ({ options }: ChoiceField) =>
  v.pipe(v.string('form.required_choice'), v.picklist(valuesOf(options), 'form.not_offered'));

const choicesSchema = ({ options }: ChoicesField) =>
  v.array(v.picklist(valuesOf(options), 'form.not_offered'), 'form.required_choices');

const readingSchema = () =>
  v.pipe(
    v.string('form.required'),
    v.transform((typed) => plain(typed).replace(/\s/g, '')),
    v.regex(/^\d{4,8}$/, 'form.reading')
  );

const yesNoSchema = () =>
  v.pipe(v.string('form.required_choice'), v.picklist(['yes', 'no'], 'form.not_offered'));

const gateSchema = (field: GateField) => v.pipe(yesNoSchema(), v.notValue('yes', gateMessage(field)));

const valuesOf = (options: ChoiceField['options']) => options.map(({ value }) => value);

const tidy = (typed: string, long: boolean) => (long ? clean(typed).trim() : oneLine(typed));

const fits: Record<NonNullable<TextField['format']>, (text: string) => boolean> = {
  email: isEmail,
  phone: isPhone
};

/** 0.07 / 0.01 is 7.000000000000001 to a computer, and 7 to everybody else. */
const isWhole = (number: number) => Math.abs(number - Math.round(number)) < 1e-6;
