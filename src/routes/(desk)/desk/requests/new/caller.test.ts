/** Whoever calls has a name, and a number that is one. */
import { expect, test } from 'vitest';
import { callerIn } from './caller.ts';

const read = (typed: Partial<Record<'name' | 'phone' | 'email', string>>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(typed)) form.set(`caller_${name}`, value);
  return callerIn(form);
};

test('a caller is tidied; number and address may be left out', () => {
  expect(
    read({ name: ' Mr\u200b  Vale ', phone: '555\u2013010\u20130199', email: ' Vale@Home.Example ' })
  ).toEqual({
    caller: { name: 'Mr Vale', phone: '555-010-0199', email: 'vale@home.example' },
    problems: {}
  });
  expect(read({ name: 'unknown' }).problems).toEqual({});
});

test.each([
  [{ name: '' }, { caller_name: { words: 'desk.caller_name_empty' } }],
  [{ name: 'pay at evil.example' }, { caller_name: { words: 'form.name_alone' } }],
  [{ name: 'A'.repeat(201) }, { caller_name: { words: 'form.too_long', values: { max: 200 } } }],
  [
    { name: 'Vale', phone: `555-010-0199${'-'.repeat(50)} or pay` },
    { caller_phone: { words: 'form.phone' } }
  ],
  [{ name: 'Vale', email: 'vale' }, { caller_email: { words: 'form.email' } }]
])('%j is refused where it is wrong', (typed, problems) => {
  expect(read(typed).problems).toEqual(problems);
});
