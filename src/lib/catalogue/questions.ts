/** Short ways to write a form down. They only make plain data; a question must be answered unless it says not. */
import type {
  ChoiceField,
  ChoicesField,
  DateField,
  DayFromToday,
  Field,
  GateField,
  MeterReadingField,
  NumberField,
  Option,
  Otherwise,
  ServiceType,
  SourcedPledge,
  Step,
  Text,
  TextField,
  YesNoField
} from '#lib/forms/definition.ts';

export const say = (en: string, es: string): Text => ({ en, es });
export const option = (value: string, en: string, es: string): Option => ({ value, label: say(en, es) });

type More<Kind extends Field> = Partial<Omit<Kind, 'kind' | 'name' | 'label' | 'options'>>;

export const text = (name: string, label: Text, more: More<TextField> = {}): TextField => ({
  ...asked('text', name, label),
  long: false,
  max: 120,
  ...more
});

export const longText = (name: string, label: Text, more: More<TextField> = {}): TextField =>
  text(name, label, { long: true, max: 1000, ...more });

export const number = (name: string, label: Text, more: More<NumberField> = {}): NumberField => ({
  ...asked('number', name, label),
  min: 0,
  step: 1,
  ...more
});

/** In the currency of the account, whichever that is. */
export const amount = (name: string, label: Text, more: More<NumberField> = {}): NumberField =>
  number(name, label, { max: 1_000_000, step: 0.01, ...more });

export const date = (name: string, label: Text, more: More<DateField> = {}): DateField => ({
  ...asked('date', name, label),
  ...more
});

export const choice = (
  name: string,
  label: Text,
  options: Option[],
  more: More<ChoiceField> = {}
): ChoiceField => ({ ...asked('choice', name, label), options, ...more });

export const choices = (
  name: string,
  label: Text,
  options: Option[],
  more: More<ChoicesField> = {}
): ChoicesField => ({ ...asked('choices', name, label), options, ...more });

export const meterReading = (
  name: string,
  label: Text,
  more: More<MeterReadingField> = {}
): MeterReadingField => ({
  ...asked('meter_reading', name, label),
  ...more
});

export const yesNo = (name: string, label: Text, more: More<YesNoField> = {}): YesNoField => ({
  ...asked('yes_no', name, label),
  ...more
});

/** A question that a "yes" takes elsewhere. */
export const gate = (name: string, label: Text, leads_to: GateField['leads_to'], help?: Text): GateField => ({
  ...asked('gate', name, label),
  ...(help && { help }),
  leads_to
});

export const step = (title: Text, fields: Field[]) => ({ title, fields });

/** A long form, asked a few questions at a time. */
export function inSteps(...steps: { title: Text; fields: Field[] }[]): { fields: Field[]; steps: Step[] } {
  return {
    fields: steps.flatMap(({ fields }) => fields),
    steps: steps.map(({ title, fields }) => ({ title, fields: fields.map(({ name }) => name) }))
  };
}

export const optional = { required: false } as const;
export const inDays = (days: number): DayFromToday => ({ days });
export const daysAgo = (days: number): DayFromToday => ({ days: -days });
export const inWorkingDays = (working_days: number): DayFromToday => ({ working_days });
export const today: DayFromToday = { days: 0 };

/** Answered by a person, and then done, within so many hours of working time. */
export const within = (
  first_response_hours: number,
  resolution_hours: number,
  source: string
): SourcedPledge => ({
  first_response_hours,
  resolution_hours,
  hours: 'working',
  source
});

/** Answered within so many hours of working time; when it is done depends on what is agreed. */
export const answeredWithin = (first_response_hours: number, source: string): SourcedPledge => ({
  first_response_hours,
  hours: 'working',
  source
});

/** The same by day and by night, on every day of the year. */
export const aroundTheClock = (
  first_response_hours: number,
  resolution_hours: number,
  source: string
): SourcedPledge => ({
  ...within(first_response_hours, resolution_hours, source),
  hours: 'clock'
});

/** What is so in the United Kingdom and in India, where rules and units of the United States mean nothing. */
export const elsewhere = (otherwise: Otherwise): NonNullable<ServiceType['in']> => ({
  UK: otherwise,
  IN: otherwise
});

/** The hours of a weekday in the utility's calendar. Its Saturdays only make us sooner than promised. */
const workingDay = 10;
export const workingDays = (days: number) => days * workingDay;

const asked = <Kind extends Field['kind']>(kind: Kind, name: string, label: Text) => ({
  kind,
  name,
  label,
  required: true
});
