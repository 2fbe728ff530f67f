/** The words of a posted form: what somebody typed, apart from what the form carries along by itself. */
import { serviceTypes } from '#lib/requests/catalogue/all.ts';
import type { Field } from '#lib/requests/definition.ts';
import { isFreeText } from '#lib/requests/typed.ts';

/** Every word that was typed, in the order of the form; never a password, nor what was only picked from a list. */
export const wordsTyped = (form: Iterable<[string, FormDataEntryValue]>): string[] =>
  [...form].flatMap(([name, value]) =>
    typeof value === 'string' && value.trim() !== '' && isOwnWords(name, value) ? value : []
  );

const isOwnWords = (name: string, value: string) =>
  !carried.has(name) && !secret.test(name) && !id.test(value.trim()) && !offered.has(`${name}=${value}`);

const secret = /password|secret|^code$/i;
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
    'about',
    'meter',
    'meant_digits',
    'meant_on',
    'account',
    'attachment',
    'attachment_problem'
  ],
  ...['id', 'heir', 'group', 'queue', 'show', 'search', 'uri', 'proposal', 'typed'],
  ...['form', 'then', 'to', 'priority', 'status', 'team', 'role', 'channel', 'locale']
]);

/** Every answer that the catalogue offers to pick. */
const offered: ReadonlySet<string> = new Set(
  serviceTypes.flatMap(({ fields }) =>
    fields.flatMap((field) => optionsOf(field).map((value) => `${field.name}=${value}`))
  )
);

function optionsOf(field: Field) {
  if ('options' in field) return field.options.map(({ value }) => value);
  return isFreeText(field) ? [] : ['yes', 'no'];
}
