/** A table is written only by the module that owns it. Others may join to read it, if they stand above. */
import { expect, test } from 'vitest';
import { filesOf, read } from './source.ts';

const owners: Record<string, string> = {
  outbox: 'platform',
  caught_mail: 'platform',
  letter: 'platform',
  person: 'people',
  team: 'people',
  sign_in_method: 'people',
  sign_in_session: 'people',
  verification: 'people',
  second_factor: 'people',
  throttle: 'people',
  audit_entry: 'people',
  invitation: 'people',
  account: 'accounts',
  account_code: 'accounts',
  account_member: 'accounts',
  premises: 'accounts',
  priority_service: 'accounts',
  meter: 'accounts',
  reading: 'accounts',
  bill: 'billing',
  bill_line: 'billing',
  payment: 'billing',
  emergency: 'emergencies',
  emergency_entry: 'emergencies',
  emergency_said: 'emergencies',
  screen_verdict: 'emergencies',
  wording_approval: 'emergencies',
  promise: 'sla',
  service_type: 'catalogue',
  service_type_version: 'catalogue',
  request: 'requests',
  request_reference: 'requests',
  request_event: 'requests',
  request_move: 'requests',
  request_words: 'requests',
  words_due: 'requests',
  search_word: 'requests',
  message: 'requests',
  submission: 'requests',
  draft: 'forms',
  desk_draft: 'requests',
  opening: 'requests',
  presence: 'requests',
  request_read: 'requests',
  attachment: 'files'
};

test('every table has an owner', () => {
  const tables = [...read('db/tables.ts').matchAll(/^ {2}(\w+): \w+;$/gm)].map(([, name = '']) => name);
  const known = tables.slice(tables.indexOf('account'));
  expect(known.filter((table) => !(table in owners))).toEqual([]);
});

test.each(filesOf('src/lib/**/*.ts'))('%s writes only tables of its own', (file) => {
  const home = file.split('/')[2] ?? '';
  const built = [...read(file).matchAll(/\.(?:insertInto|updateTable|deleteFrom)\(\s*'(\w+)/g)];
  const plain = [...read(file).matchAll(/\b(?:insert into|delete from|update) (\w+)(?=[\s(])(?! of\b)/g)];
  for (const [, table = ''] of [...built, ...plain]) {
    if (table in owners) expect(owners[table], `${file} writes ${table}`).toBe(home);
  }
});
