/** What needs a customer now stands in the order in which it presses, and nothing presses that is paid or disputed. */
import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import type { Taking } from '#lib/billing/taking.ts';
import { needsOf } from './needs.ts';

const t = wordsFor('en');
const request = {
  href: '/requests/A',
  title: 'A',
  next: 'Next',
  needs_you: false,
  needs_time: false,
  visit_on: null,
  scheduled: false
};
const bill = {
  ...{ number: 'B-1', currency: 'USD', open: 4200n, due_on: '2026-02-20' },
  ...{ status: 'due' as const, taken: null }
};
const facts = {
  requests: [
    { ...request, href: '/requests/V', scheduled: true, visit_on: '2026-02-12', next: 'A technician comes' },
    { ...request, href: '/requests/FAR', scheduled: true, visit_on: '2026-03-12' },
    request,
    { ...request, href: '/requests/Q', needs_you: true }
  ],
  bills: [bill],
  plan: null,
  meters: [{ id: 'm', serial: 'NG-1' }],
  account: '10000001',
  mayPay: true,
  today: '2026-02-10'
};
const hrefs = (more: Partial<Parameters<typeof needsOf>[0]> = {}) =>
  needsOf({ ...facts, ...more }, t).map(({ href }) => href);

test('an answer comes first, then what is late, a reading, a visit, and a bill that has time', () => {
  const [answer, reading, visit, pay] = [
    '/requests/Q',
    '/readings?account=10000001#m',
    '/requests/V',
    '/bills/B-1#pay'
  ];
  expect(hrefs()).toEqual([answer, reading, visit, pay]);
  expect(hrefs({ bills: [{ ...bill, status: 'overdue' }] })).toEqual([answer, pay, reading, visit]);
});

test('what is paid, in credit or asked about does not press', () => {
  for (const status of ['paid', 'credit', 'disputed', 'planned'] as const)
    expect(hrefs({ bills: [{ ...bill, status }] })).not.toContain('/bills/B-1#pay');
  expect(hrefs({ requests: [], bills: [], meters: [] })).toEqual([]);
});

test('whoever may only look is not asked to pay', () => {
  const next = { number: 2, amount: 2500n, open: 2000n, due_on: '2026-02-08', state: 'late' as const };
  const looks = hrefs({ mayPay: false, plan: { currency: 'USD', next } });
  expect(looks).toEqual(['/requests/Q', '/readings?account=10000001#m', '/requests/V']);
});

test('nobody is asked for what their card or bank is about to pay, but for what it refused or leaves alone', () => {
  const will = { what: 'will' as const, on: '2026-02-20', amount: 4200n, tries: 0 };
  const taken = (taking: Taking) => hrefs({ bills: [{ ...bill, taken: { taking } }] });
  expect(taken(will)).not.toContain('/bills/B-1#pay');
  expect(taken({ ...will, tries: 1 })).toContain('/bills/B-1#pay');
  expect(taken({ what: 'above', most: 100n })).toContain('/bills/B-1#pay');
});

test('of two open bills all is owed, by the day of the older one, and late once that has passed', () => {
  const older = { ...bill, number: 'B-0', open: 1300n, due_on: '2026-01-20', status: 'overdue' as const };
  const [, owed] = needsOf(
    { ...facts, bills: [bill, older, { ...bill, number: 'B-00', status: 'paid' }] },
    t
  );
  expect(owed).toMatchObject({ href: '/bills/B-0#pay', what: 'Pay $55.00', more: 'Was due on Jan 20, 2026' });
  expect(owed?.late).toBe(true);
  const disputed = needsOf({ ...facts, bills: [bill, { ...older, status: 'disputed' }] }, t);
  expect(disputed.at(-1)).toMatchObject({ what: 'Pay $42.00', late: false });
});

test('a part of a plan stands there when its day is near, and first when it is late', () => {
  const part = { number: 2, amount: 2500n, open: 2000n, due_on: '2026-02-14', state: 'next' as const };
  const bills = [{ ...bill, status: 'planned' as const }];
  const needs = (next: typeof part | (Omit<typeof part, 'state'> & { state: 'late' })) =>
    needsOf({ ...facts, bills, plan: { currency: 'USD', next } }, t);
  expect(needs(part).at(-1)).toMatchObject({
    ...{ href: '/bills?account=10000001', what: 'Pay $20.00', more: 'Due by Feb 14, 2026', late: false }
  });
  expect(needs({ ...part, due_on: '2026-03-03' }).at(-1)).toMatchObject({ more: 'Due by Mar 3, 2026' });
  expect(needs({ ...part, due_on: '2026-03-14' }).map(({ href }) => href)).not.toContain(
    '/bills?account=10000001'
  );
  expect(needs({ ...part, due_on: '2026-02-08', state: 'late' })[1]).toMatchObject({
    ...{ href: '/bills?account=10000001', more: 'Was due on Feb 8, 2026', late: true }
  });
});

test('whoever’s visit fell away is asked for another time, where it is chosen', () => {
  const fell = { ...request, href: '/requests/W#new', needs_time: true };
  const [first] = needsOf({ ...facts, requests: [fell], bills: [], meters: [] }, t);
  expect(first).toMatchObject({ href: '/requests/W#visit', what: 'Choose another time for our visit' });
});
