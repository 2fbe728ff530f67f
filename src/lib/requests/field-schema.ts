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

export type Mentions = Record<string, string | number>;

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

/** Nothing but spaces is nothing. */
export const given = (typed: string | string[] | undefined) =>
  typeof typed === 'string' && typed.trim() === '' ? undefined : typed;

/** Every message that a field can earn. The page hands their words to the browser, which checks by the same rules. */
export function messagesOf(field: Field): WordKey[] {
  switch (field.kind) {
    case 'text':
      return ['form.required', 'form.too_long', ...(field.format ? [formats[field.format].message] : [])];
    case 'number':
      return [
        'form.required',
        'form.number',
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
  if (field.kind === 'number') return { label, min: numberLimits(field).min, max: numberLimits(field).max };
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
  return format ? v.pipe(text, v.check(formats[format].fits, formats[format].message)) : text;
}

function numberSchema(field: NumberField) {
  const { min, max, step } = numberLimits(field);
  return v.pipe(
    v.string('form.required'),
    v.transform(readNumber),
    v.number('form.number'),
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
    v.transform((typed) => typed.normalize('NFKC').replace(/\s/g, '')),
    v.regex(/^\d{4,8}$/, 'form.reading')
  );

const yesNoSchema = () =>
  v.pipe(v.string('form.required_choice'), v.picklist(['yes', 'no'], 'form.not_offered'));

const gateSchema = (field: GateField) => v.pipe(yesNoSchema(), v.notValue('yes', gateMessage(field)));

const gateMessage = ({ leads_to }: GateField): WordKey =>
  leads_to === 'emergency' ? 'form.gate_emergency' : 'form.gate_elsewhere';

const fractionMessage = ({ step }: NumberField): WordKey =>
  step === 1 ? 'form.number_whole' : 'form.number_step';

const valuesOf = (options: ChoiceField['options']) => options.map(({ value }) => value);

function tidy(typed: string, long: boolean) {
  const text = typed.normalize('NFC').trim();
  return long ? text : text.replace(/\s+/g, ' ');
}

const formats: Record<
  NonNullable<TextField['format']>,
  { fits: (text: string) => boolean; message: WordKey }
> = {
  email: { fits: (text) => v.is(v.pipe(v.string(), v.email()), text), message: 'form.email' },
  phone: { fits: looksLikePhone, message: 'form.phone' }
};

/** Any country's way of writing a number: seven to fifteen digits, with the usual signs between, and an extension. */
function looksLikePhone(text: string) {
  const [number = ''] = text.split(/\s*(?:x|ext\.?)\s*(?=\d{1,6}$)/i);
  return /^\+?[\d\s().\-/]+$/.test(number) && /^\D*(\d\D*){7,15}$/.test(number);
}

/** 0.07 / 0.01 is 7.000000000000001 to a computer, and 7 to everybody else. */
const isWhole = (number: number) => Math.abs(number - Math.round(number)) < 1e-6;

const numberLimits = ({ min, max, step }: NumberField) => ({
  min: min ?? -Number.MAX_SAFE_INTEGER,
  max: max ?? Number.MAX_SAFE_INTEGER,
  step
});

function writtenLimits(field: DateField, context: Today & { locale: Locale }): Mentions {
  const { min, max } = dayLimits(field, context);
  return {
    ...(min && { min: writeDay(min, context.locale) }),
    ...(max && { max: writeDay(max, context.locale) })
  };
}
