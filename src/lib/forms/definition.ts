/** What a service type is: its words, its promise and its fields, as plain data that a request can keep. */
import type { Locale } from '#lib/platform/language.ts';
import type { Pledge, Wish } from '#lib/sla/promise.ts';
import type { Jurisdiction } from '#lib/safety/wording.ts';
import type { IconName } from '#lib/ui/icons.ts';
import type { ComesFirst } from '#lib/sla/comes-first.ts';

/** Catalogue words live inside the versioned data, so an old request keeps its words (decision 0003). */
export type Text = Record<Locale, string>;

export type Group = { code: string; name: Text; icon: IconName };

export type ServiceType = {
  /** Also the service code of the public API, so it never changes its meaning. */
  code: string;
  /** Goes up with every change; a request remembers the version it was made with. */
  version: number;
  group: string;
  name: Text;
  summary: Text;
  help: Text;
  /** Other words people search by, separated by commas. */
  keywords: Text;
  icon: IconName;
  /** 1 is urgent, 4 can wait. 0 is for emergencies, which are never a form. */
  priority: 1 | 2 | 3 | 4;
  promise: SourcedPledge;
  /** The date that says for when it is wanted: the promise to resolve it keeps to that day. */
  wish?: { fields: string[]; clock: Wish['clock'] };
  /** What is otherwise in a jurisdiction: another promise, help, unit; or false where it is not offered. */
  in?: Partial<Record<Jurisdiction, Otherwise | false>>;
  /** Answers that make it more urgent than its kind is. */
  raises?: Raise[];
  needs: { account: 'required' | 'optional' | 'none'; appointment: boolean };
  /** Hidden from the other members of the account. */
  private: boolean;
  attachments: 'none' | 'welcome' | 'wanted';
  attachment_hint?: Text;
  fields: Field[];
  /** Long forms only: the fields in the order and company in which they are asked. */
  steps?: Step[];
};

/** What we promise, and the rule or the reason that it comes from. */
export type SourcedPledge = Pledge & { source: string };

export type Otherwise = {
  [part in 'help' | 'summary' | 'keywords' | 'attachment_hint']?: ServiceType[part];
} & {
  promise?: Partial<SourcedPledge>;
  /** By the name of the field. Of a choice, `without` takes options away, and `called` names them otherwise. */
  fields?: Record<
    string,
    {
      label?: Text;
      help?: Text;
      unit?: Text;
      max?: number | DayFromToday;
      without?: string[];
      called?: Record<string, Text>;
    }
  >;
};

export type Raise = {
  /** The answers that it takes; none are taken by every request of the kind. */
  when: Record<string, string | string[]>;
  /** It stands before all that does not. */
  first?: ComesFirst;
  priority?: ServiceType['priority'];
  promise?: SourcedPledge;
};

export type Step = { title: Text; fields: string[] };

type Asked = {
  name: string;
  label: Text;
  help?: Text;
  required: boolean;
  /** Asked only when an earlier field has this answer, or one of these. */
  show_if?: { field: string; equals: string | string[] };
};

export type TextField = Asked & {
  kind: 'text';
  long: boolean;
  max: number;
  format?: 'phone' | 'email';
  autocomplete?: 'tel' | 'email' | 'name' | 'street-address' | 'off';
};
export type NumberField = Asked & { kind: 'number'; min?: number; max?: number; step: number; unit?: Text };
export type DateField = Asked & { kind: 'date'; min?: DayFromToday; max?: DayFromToday };
export type ChoiceField = Asked & { kind: 'choice'; options: Option[] };
export type ChoicesField = Asked & { kind: 'choices'; options: Option[] };
/** A string of digits: a meter that shows 00412 is not a meter that shows 412. */
export type MeterReadingField = Asked & { kind: 'meter_reading' };
export type YesNoField = Asked & { kind: 'yes_no' };
/** A question to which "yes" means that this is the wrong form. */
export type GateField = Asked & { kind: 'gate'; leads_to: Destination };

export type Field =
  | TextField
  | NumberField
  | DateField
  | ChoiceField
  | ChoicesField
  | MeterReadingField
  | YesNoField
  | GateField;

export type Option = { value: string; label: Text };
export type Destination = 'emergency' | { code: string };

/** Days before (negative) or after the day the form is filled in. */
export type DayFromToday = { days: number } | { working_days: number };
