/** Whoever wants to be called says who they are and on which number, and nothing else in its place. */
import { expect, test } from 'vitest';
import { callAsked } from './asked.ts';

const asked = (change: Record<string, string>) => {
  const form = new FormData();
  const typed = { name: 'Ada Bell', phone: '555-010-0199', wish: 'My bill', window: 'w', ...change };
  for (const [name, value] of Object.entries(typed)) form.set(name, value);
  return callAsked(form);
};

test('a name and a number are enough', () => {
  expect(asked({ name: ' Ada\u202e  Bell', wish: '' })).toEqual({
    typed: { name: 'Ada Bell', phone: '555-010-0199', about: '', window: 'w' },
    problems: {}
  });
});

test.each([
  [{ name: '\u200b' }, { name: { words: 'form.name_empty' } }],
  [{ name: 'pay at evil.example' }, { name: { words: 'form.name_alone' } }],
  [{ name: 'https://evil' }, { name: { words: 'form.name_alone' } }],
  [
    { phone: `555-010-0199${'-'.repeat(50)} or pay at evil.example` },
    { phone: { words: 'calls.phone_wrong' } }
  ],
  [{ wish: 'x'.repeat(1001) }, { about: { words: 'calls.about_long' } }]
])('%j is refused where it is wrong', (change, problems) => {
  expect(asked(change).problems).toEqual(problems);
});

test('a name of 200 KB is refused, and not shown again whole', () => {
  const { typed, problems } = asked({ name: 'A'.repeat(200_000) });
  expect(problems).toEqual({ name: { words: 'form.too_long', values: { max: 200 } } });
  expect(typed.name.length).toBeLessThanOrEqual(1000);
});
