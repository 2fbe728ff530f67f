/** What each kind of field accepts, as a valibot schema whose messages are keys of `words/…/form.json`. */
import * as v from 'valibot';
import type { Locale, WordKey } from '#lib/platform/words.ts';
import { dayFromToday, isDay, writeDay } from './day.ts';
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
import { readNumber } from './number.ts';

/** The messages each kind of field may give. The page hands their words to the browser, which checks by the same rules. */
export const messagesOf: Record<Field['kind'], readonly WordKey[]> = {
  text: ['form.required', 'form.too_long', 'form.email', 'form.phone'],
  number: [
    'form.required',
    'form.number',
    'form.number_small',
    'form.number_large',
    'form.number_step',
    'form.number_whole'
  ],
  date: ['form.required_date', 'form.date', 'form.date_early', 'form.date_late'],
  choice: ['form.required_choice', 'form.not_offered'],
  choices: ['form.required_choices', 'form.not_offered'],
  meter_reading: ['form.required', 'form.reading'],
  yes_no: ['form.required_choice', 'form.not_offered'],
  gate: ['form.required_choice', 'form.not_offered', 'form.gate_emergency', 'form.gate_elsewhere']
};

/** Numbers as numbers, ticked boxes as lists, everything else as text: days 'YYYY-MM-DD', yes and no in words. */
export type Answer = string | number | string[];
export type AnswerSchema = v.GenericSchema<unknown, Answer | undefined>;

/** Reads the typed text of one field; `undefined` stands for a field left empty. */
export function answerSchema(field: Field, context: Today): AnswerSchema {
  const schema = schemaOf(field, context);
  return field.required ? schema : v.optional(schema);
}

/** What the messages about a field may mention, ready to be put into words. */
export function mentions(field: Field, context: Today & { locale: Locale }) {
  const label = field.label[context.locale];
  if (field.kind === 'text') return { label, max: field.max };
  if (field.kind === 'number') return { label, ...numberLimits(field) };
  if (field.kind === 'date') return { label, ...writtenLimits(field, context) };
  return { label };
}

/** The first and last day a date field accepts, for the schema and for the calendar of the browser. */
export const dayLimits = ({ min, max }: DateField, context: Today) => ({
  min: min && dayFromToday(min, context),
  max: max && dayFromToday(max, context)
});

function schemaOf(field: Field, context: Today): v.GenericSchema<unknown, Answer> {
  switch (field.kind) {
    case 'text':
      return textSchema(field);
    case 'number':
      return numberSchema(field);
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
    v.maxLength(max, 'form.too_long')
  );
  if (format === 'email') return v.pipe(text, v.email('form.email'));
  if (format === 'phone') return v.pipe(text, v.check(looksLikePhone, 'form.phone'));
  return text;
}

function numberSchema({ min = -Number.MAX_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER, step }: NumberField) {
  return v.pipe(
    v.string('form.required'),
    v.transform(readNumber),
    v.number('form.number'),
    v.minValue(min, 'form.number_small'),
    v.maxValue(max, 'form.number_large'),
    v.check((number) => isWhole(number / step), step === 1 ? 'form.number_whole' : 'form.number_step')
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
    v.transform((typed) => typed.normalize('NFKC').replace(/\s/g, '')),
    v.regex(/^\d{4,8}$/, 'form.reading')
  );

const yesNoSchema = () =>
  v.pipe(v.string('form.required_choice'), v.picklist(['yes', 'no'], 'form.not_offered'));

const gateSchema = ({ leaves_on, leads_to }: GateField) =>
  v.pipe(
    yesNoSchema(),
    v.notValue(leaves_on, leads_to === 'emergency' ? 'form.gate_emergency' : 'form.gate_elsewhere')
  );

const valuesOf = (options: ChoiceField['options']) => options.map(({ value }) => value);

function tidy(typed: string, long: boolean) {
  const text = typed.normalize('NFC').trim();
  return long ? text : text.replace(/\s+/g, ' ');
}

/** Any country's way of writing a number: seven to fifteen digits, with the usual signs between them. */
const looksLikePhone = (text: string) =>
  /^\+?[\d\s().\-/]+(\s*(x|ext\.?)\s*\d{1,6})?$/i.test(text) && /^(\D*\d){7,15}\D*(\d{1,6})?$/.test(text);

/** 0.07 / 0.01 is 7.000000000000001 to a computer, and 7 to everybody else. */
const isWhole = (number: number) => Math.abs(number - Math.round(number)) < 1e-6;

const numberLimits = ({ min, max, step }: NumberField) => ({
  ...(min !== undefined && { min }),
  ...(max !== undefined && { max }),
  step
});

function writtenLimits(field: DateField, context: Today & { locale: Locale }) {
  const { min, max } = dayLimits(field, context);
  return {
    ...(min && { min: writeDay(min, context.locale) }),
    ...(max && { max: writeDay(max, context.locale) })
  };
}
