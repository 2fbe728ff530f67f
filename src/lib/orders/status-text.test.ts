/** What a customer reads of an order that was not brought says who did not come, and why. */
import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { tellOrder, wasClosed } from './status-text.ts';

const t = wordsFor('en');
const told = (missed: { why: 'other' | 'weather' | 'nobody_home'; closed?: boolean }) =>
  tellOrder({ status: 'missed', why: missed.why, slot: null, closed: wasClosed(missed) }, t);

test('on a day that was closed nobody came, whatever the reason is called', () => {
  expect(told({ why: 'weather', closed: true })).toMatch(/^We cannot bring it on that day/);
  expect(told({ why: 'other', closed: true })).toMatch(/^We cannot bring it on that day/);
});

test('what the driver came back with, they came with, for another reason too', () => {
  expect(told({ why: 'nobody_home' })).toMatch(/^We came /);
  expect(told({ why: 'other' })).toMatch(/^We came /);
});

test('what was closed before that was written down is known by its reason', () => {
  expect(told({ why: 'weather' })).toMatch(/^We cannot bring it on that day/);
});
