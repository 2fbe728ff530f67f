/** The words of a posted form: what somebody typed, apart from what the form carries along by itself. */
import type { Field, ServiceType } from './definition.ts';
import { isFreeText } from './typed.ts';

/** What forms offer to pick, as `name=value`: picked, not typed. Whoever owns the forms hands it in. */
export type Offered = ReadonlySet<string>;

/** Every word that was typed, in the order of the form; never a password, nor what was only picked from a list. */
export const freeText = (form: Iterable<[string, FormDataEntryValue]>, offered: Offered): string[] =>
  [...form].flatMap(([name, value]) =>
    typeof value === 'string' && value.trim() !== '' && isOwnWords(name, value, offered) ? value : []
  );

const isOwnWords = (name: string, value: string, offered: Offered) =>
  !isCarried(name, value) &&
  !isSecret(name) &&
  !id.test(value.trim()) &&
  !address.test(value.trim()) &&
  !offered.has(`${name}=${value}`);

/** What is carried along is one word. Several under its name were put there by somebody. */
const isCarried = (name: string, value: string) =>
  carried.has(name) && (!/\s/.test(value.trim()) || sentences.has(name));

/** Nobody calls for help by the address that they give us for letters; and at every sign-in it would stop them again. */
const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What the shell says of files that it could not take. */
const sentences: ReadonlySet<string> = new Set(['attachment_problem']);

/** A field that holds what nobody else may read over a shoulder. */
export const isSecret = (name: string) => /password|secret|^code$/i.test(name);
/** Also a pair of them, as the desk's choice of a place has. */
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:|$)/;

/** What our forms carry along hidden, and what is picked at the desk. */
export const carried: ReadonlySet<string> = new Set([
  ...[
    'key',
    'safe',
    'seen',
    'next',
    'first',
    'back',
    'again',
    'about',
    'meter',
    'meant_digits',
    'meant_on',
    'account',
    'offer',
    'prebuy',
    'owed',
    'attachment',
    'signature',
    'attachment_problem'
  ],
  ...['area', 'kind', 'day', 'week', 'plan', 'period', 'premises'],
  ...['id', 'heir', 'group', 'queue', 'show', 'search', 'uri', 'proposal', 'typed', 'digest'],
  ...[
    'form',
    'then',
    'to',
    'place',
    'number',
    'priority',
    'status',
    'team',
    'role',
    'channel',
    'locale',
    'topic',
    'rating',
    'shown',
    'helped',
    'version',
    'programme'
  ],
  // Picked where something is ordered, and put beside what was typed about the door.
  ...['slot', 'pays', 'stands', 'hazards']
]);

/** Every answer that these forms offer to pick. */
export const offeredBy = (forms: readonly Pick<ServiceType, 'fields'>[]): Offered =>
  new Set(
    forms.flatMap(({ fields }) =>
      fields.flatMap((field) => optionsOf(field).map((value) => `${field.name}=${value}`))
    )
  );

function optionsOf(field: Field) {
  if ('options' in field) return field.options.map(({ value }) => value);
  return isFreeText(field) ? [] : ['yes', 'no'];
}
