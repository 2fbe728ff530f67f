/** What we accept from people about themselves, and what we say when we do not. */
import { isBlank, lengthOf, oneLine, plain } from '#lib/platform/cleaning.ts';
import { isEmail } from '#lib/platform/email.ts';
import { isPhone } from '#lib/platform/phone.ts';
import { isId } from '#lib/platform/id.ts';
import { isLocale } from '#lib/platform/language.ts';
import type { Values, WordKey } from '#lib/platform/words.ts';
import { isEasy, longestPassword, shortestPassword } from './password.ts';
import { isStaffRole, readHeir } from './staffing.ts';

/** What is wrong with a field: a sentence, and what it mentions. */
export interface Problem {
  words: WordKey;
  values?: Values;
}

export type FieldName =
  | 'email'
  | 'name'
  | 'phone'
  | 'locale'
  | 'password'
  | 'new_password'
  | 'code'
  | 'role'
  | 'team'
  | 'team_name'
  | 'heir'
  | 'group';
export type Typed<Field extends FieldName> = Record<Field, string>;
export type Problems = Partial<Record<FieldName | '', Problem>>;

export type Reading<Field extends FieldName> =
  { ok: true; typed: Typed<Field> } | { ok: false; typed: Typed<Field>; problems: Problems };

/** Reads the named fields of a posted form, tidied, and says what is wrong with them. */
export function readFields<Field extends FieldName>(
  data: FormData,
  fields: readonly Field[]
): Reading<Field> {
  // Object.fromEntries forgets that every field of the list is there.
  const typed = Object.fromEntries(
    fields.map((field) => [field, tidied(field, data.get(field))])
  ) as Typed<Field>;
  const wrong = fields.flatMap((field) => {
    const problem = judges[field](typed[field], typed);
    return problem ? [[field, problem] as const] : [];
  });
  return wrong.length === 0 ? { ok: true, typed } : { ok: false, typed, problems: Object.fromEntries(wrong) };
}

/** What may be shown again after a refusal: everything but passwords and codes. */
export function shownAgain<Field extends FieldName>(typed: Typed<Field>): Partial<Typed<Field>> {
  const shown = Object.entries(typed).filter(([field]) => !secretFields.has(field));
  // The entries came from `typed`, so the keys are its keys.
  return Object.fromEntries(shown) as Partial<Typed<Field>>;
}

/** What is too long is said, and shown again as far as this. */
const mostShown = 1000;

/** A name that is taken beside other things: tidied, and what is wrong with it. */
export function readName(given: FormDataEntryValue | null): { name: string; problem: Problem | null } {
  const name = tidied('name', given).slice(0, mostShown);
  return { name, problem: judges.name(name, {}) };
}

export const tidyEmail = (email: string) => plain(email).trim().toLowerCase();

type Judge = (value: string, typed: Partial<Record<FieldName, string>>) => Problem | null;

/** Each field asks for itself: in the list on top of a form, a sentence stands without its field. */
const given = (value: string, words: WordKey): Problem | null => (value === '' ? { words } : null);

const judges: Record<FieldName, Judge> = {
  email: (value) => given(value, 'form.email_empty') ?? (isEmail(value) ? null : { words: 'form.email' }),
  name: (value) => given(value, 'form.name_empty') ?? tooLong(value, 200) ?? notAName(value),
  phone: (value) => (value === '' || isPhone(value) ? null : { words: 'form.phone' }),
  locale: (value) => (isLocale(value) ? null : { words: 'form.not_offered' }),
  /** The password somebody has. It is only ever compared. */
  password: (value) => given(value, 'form.password_empty') ?? tooLong(value, longestPassword),
  /** The password somebody chooses. */
  new_password: (value, typed) =>
    given(value, 'form.new_password_empty') ?? tooLong(value, longestPassword) ?? tooEasy(value, typed),
  /** Six digits from an app, or one of the recovery codes. */
  code: (value) => given(value, 'form.code_empty') ?? tooLong(value, 40),
  role: (value) => (isStaffRole(value) ? null : { words: 'form.required_choice' }),
  team: (value) => (value === '' || isId(value) ? null : { words: 'form.not_offered' }),
  team_name: (value) => given(value, 'form.team_name_empty') ?? tooLong(value, 80),
  heir: (value) => (readHeir(value) ? null : { words: 'form.not_offered' }),
  group: (value) => given(value, 'form.required') ?? tooLong(value, 40)
};

const secretFields = new Set<string>(['password', 'new_password', 'code'] satisfies FieldName[]);

function tidied(field: FieldName, value: FormDataEntryValue | null): string {
  const text = typeof value === 'string' ? value.replaceAll('\u0000', '') : '';
  if (field === 'email') return tidyEmail(text);
  if (field === 'code') return plain(text).replaceAll(/\s/g, '');
  if (secretFields.has(field)) return text;
  return isBlank(text) ? '' : oneLine(text);
}

/** Mail programs make links of these, and some the reader may be led astray by. */
const notAName = (value: string): Problem | null =>
  led.some((astray) => astray.test(value)) ? { words: 'form.name_alone' } : null;

const led = [
  /:\/\/|\bwww\.|[@<>\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/iu,
  // "evil.example", which goes on in small letters, or with a usual ending; not "J.R. Smith", "St. John" nor "Md.Ali".
  /[\p{L}\p{N}]{2}\.\p{Ll}{2}/u,
  /[\p{L}\p{N}]\.(?:biz|com|edu|example|gov|info|net|online|org|shop|site|xyz)(?![\p{L}\p{N}])/iu,
  /[\p{L}\p{N}]{4}\.[a-z]{2}(?![\p{L}\p{N}])/iu
];

const tooLong = (value: string, max: number): Problem | null =>
  lengthOf(value) > max ? { words: 'form.too_long', values: { max } } : null;

/** Length is what counts; but what everybody tries first is no password. */
function tooEasy(password: string, typed: Partial<Record<FieldName, string>>): Problem | null {
  if (password.length < shortestPassword)
    return { words: 'people.password_short', values: { min: shortestPassword } };
  return isEasy(password, typed) ? { words: 'people.password_easy' } : null;
}
