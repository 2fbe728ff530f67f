/** What is read of how somebody wants to be reached: whole addresses, telephones, no calls by choice and calls at once. */
import { expect, test } from 'vitest';
import { readContact, readLetterChoice } from './contact-form.ts';

function form(fields: Record<string, string | string[]>) {
  const data = new FormData();
  for (const [name, values] of Object.entries(fields))
    for (const value of [values].flat()) data.append(name, value);
  return data;
}
const problemsOf = (read: ReturnType<typeof readContact> | ReturnType<typeof readLetterChoice>) =>
  read.ok ? {} : Object.fromEntries(Object.entries(read.problems).map(([name, { words }]) => [name, words]));

test('what was left empty is nothing', () => {
  expect(readContact(form({ channel: 'email', phone: ' ' }))).toEqual({
    ok: true,
    said: {
      ...{ phone: null, second_phone: null, street: null, town: null, postcode: null },
      ...{ channel: 'email', formats: [] }
    }
  });
});

test('formats that nobody offers are not there', () => {
  const read = readContact(form({ channel: 'email', formats: ['braille', 'opera'] }));
  expect(read).toMatchObject({ ok: true, said: { formats: ['braille'] } });
});

test.each([
  [
    { channel: 'email', street: '4 Elm Street' },
    { town: 'account.town_empty', postcode: 'account.postcode_empty' }
  ],
  [{ channel: 'email', second_phone: 'ask my son' }, { second_phone: 'form.phone' }],
  [{ channel: 'phone' }, { phone: 'account.channel_needs_phone' }],
  [
    { channel: 'phone', phone: '555 010 2030', formats: ['no_calls'] },
    { channel: 'account.channel_no_calls' }
  ],
  [{ channel: 'post' }, { street: 'account.channel_needs_address' }],
  [{ channel: 'pigeon' }, { channel: 'form.required_choice' }],
  [{ channel: 'email', street: 'x'.repeat(201), town: 'T', postcode: '1' }, { street: 'form.too_long' }]
])('%j is asked about: %j', (fields, problems) => {
  expect(problemsOf(readContact(form(fields)))).toEqual(problems);
});

test('a kind that is not ticked is muted', () => {
  expect(readLetterChoice(form({ kinds: ['request', 'bill'], quiet_from: '', quiet_until: '' }))).toEqual({
    ok: true,
    said: { muted: ['reading', 'appointment', 'news'], quiet_from: null, quiet_until: null }
  });
});

test.each([
  [{ quiet_from: '22:00' }, { quiet_until: 'account.quiet_time' }],
  [{ quiet_until: '07:00' }, { quiet_from: 'account.quiet_time' }],
  [{ quiet_from: '25:00', quiet_until: '07:00' }, { quiet_from: 'account.quiet_time' }],
  [{ quiet_from: '07:00', quiet_until: '07:00' }, { quiet_until: 'account.quiet_same' }]
])('quiet hours are two different times: %j', (fields, problems) => {
  expect(problemsOf(readLetterChoice(form(fields)))).toEqual(problems);
});
