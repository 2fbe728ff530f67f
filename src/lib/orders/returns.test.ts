/** What the desk may note of a cylinder that came back. */
import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { judgeReturn } from './returns.ts';

const t = wordsFor('en');
const holdings = [{ product: 'CYL-20', name: 'Propane, 20 lb', held: 2 }];
const judge = (change: object) =>
  judgeReturn({ product: 'CYL-20', what: 'surrendered', quantity: '2', serial: '', ...change }, holdings, t);

test('given back for good, or faulty with its serial number', () => {
  expect(judge({})).toEqual({
    ok: true,
    back: { product: 'CYL-20', kind: 'surrendered', replaced: false, quantity: 2, serial: null }
  });
  expect(judge({ quantity: '２' })).toEqual(judge({}));
  expect(judge({ what: 'faulty_replaced', quantity: '1', serial: ' ab 12\u20133 ' })).toMatchObject({
    back: { kind: 'faulty', replaced: true, serial: 'AB 12-3' }
  });
});

test.each([
  [{ quantity: '3' }, 'According to our records they have 2 × Propane, 20 lb'],
  [{ quantity: '0' }, 'According to our records'],
  [{ product: 'CYL-40' }, 'Choose'],
  [{ what: 'lost' }, 'Choose'],
  [{ what: 'faulty', quantity: '2', serial: 'AB12' }, 'one at a time'],
  [{ what: 'faulty', quantity: '1' }, 'serial number'],
  [{ serial: '<b>' }, 'serial number']
])('%j is refused in words', (change, said) => {
  expect(judge(change)).toMatchObject({ ok: false, problem: expect.stringContaining(said) });
});
