/** What a customer reads of an order that was not brought says who did not come, and why. */
import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { tellOrder, wasClosed } from './status-text.ts';

const t = wordsFor('en');
const told = (missed: { why: 'other' | 'weather' | 'nobody_home'; closed?: boolean }) =>
  tellOrder({ status: 'missed', why: missed.why, slot: null, closed: wasClosed(missed) }, t);

test('on a day that was closed nobody came, whatever the reason is called', () => {
  expect(told({ why: 'weather', closed: true })).toMatch(/^We cannot bring it when we had agreed/);
  expect(told({ why: 'other', closed: true })).toMatch(/^We cannot bring it when we had agreed/);
});

test('what the driver came back with, they came with, for another reason too', () => {
  expect(told({ why: 'nobody_home' })).toMatch(/^We came /);
  expect(told({ why: 'other' })).toMatch(/^We came /);
});

test('what was closed before that was written down is known by its reason', () => {
  expect(told({ why: 'weather' })).toMatch(/^We cannot bring it when we had agreed/);
});

test('what is held while it is to be paid says until when, and what is over says that it is looked into', () => {
  const slot = { on_day: '2026-12-03', from_time: '08:00:00', to_time: '11:00:00' };
  const held = (over: boolean) =>
    tellOrder({ status: 'placed', why: null, slot, held: { until: '4:41 PM', over } }, t);
  expect(held(false)).toMatch(/^We hold .*December 3.*4:41 PM/);
  expect(held(true)).toMatch(/^The time to pay is over/);
  expect(tellOrder({ status: 'cancelled', why: 'unpaid', slot: null }, t)).toMatch(/was not paid in time/);
});
