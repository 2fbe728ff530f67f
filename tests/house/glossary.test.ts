/** One word per thing, and the field's own: what a file or a table is called, a stranger should guess. */
import { expect, test } from 'vitest';
import { filesOf, read } from './source.ts';

/** Words that only their author understood, and the plain one for the same. */
const plainWords: Record<string, string> = {
  acting: 'form-action',
  arriving: 'after-sign-in',
  beginning: 'excerpt',
  bell: 'notifier',
  enter: 'authenticate',
  finding: 'queries',
  following: 'queries',
  gathered: 'coalesce',
  helpers: 'the name of what it does',
  joining: 'accept-invitation',
  keeping: 'autosave',
  leading: 'supervisor',
  leaving: 'offboarding',
  moving: 'transitions',
  opening: 'break-glass',
  patience: 'retry',
  'safety-first': 'inbound',
  'safety-net': 'outage-fallback',
  saying: 'status-text, or letters',
  'saying-no': 'form-errors',
  showing: 'presenter',
  'signed-out': 'expired-session',
  steady: 'stable-list',
  talking: 'messages',
  telling: 'letters',
  utils: 'the name of what it does',
  vouching: 'acknowledgement',
  'words-back': 'unsaved-text',
  'words-typed': 'free-text'
};

const isBanned = (file: string) => (/([\w-]+)(\.\w+)+$/.exec(file)?.[1] ?? '') in plainWords;

test('no file bears a name that only its author understands', () => {
  const banned = [...filesOf('src/**/*.{ts,svelte}'), ...filesOf('bin/**/*.ts')].filter(isBanned);
  expect(
    banned,
    banned.map((file) => plainWords[file.split('/').at(-1)?.split('.')[0] ?? '']).join()
  ).toEqual([]);
});

/** One word per thing in tables and columns: the other one is never used for it. */
const oneWord: [never: RegExp, instead: string][] = [
  [/^(user|customer|client)_id$/, 'person_id'],
  [/^(ticket|case)_id$/, 'request_id'],
  [/^(property|site|address)_id$/, 'premises_id'],
  [/^(lang|language_code)$/, 'locale'],
  [/^created_on$|^inserted_at$/, 'created_at'],
  [/^is_/, 'the word without "is"']
];

test('a column has the word that is said on the page', () => {
  const columns = [...read('db/tables.ts').matchAll(/^ {2}(\w+): /gm)].map(([, column = '']) => column);
  const wrong = columns.flatMap((column) =>
    oneWord.filter(([never]) => never.test(column)).map(([, instead]) => `${column}: ${instead}`)
  );
  expect(wrong).toEqual([]);
});
