/** What needs a customer now stands in the order in which it presses, and nothing presses that is paid or disputed. */
import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { needsOf } from './needs.ts';

const t = wordsFor('en');
const request = {
  href: '/requests/A',
  title: 'A',
  next: 'Next',
  needs_you: false,
  visit_on: null,
  scheduled: false
};
const facts = {
  requests: [
    { ...request, href: '/requests/V', scheduled: true, visit_on: '2026-02-12', next: 'A technician comes' },
    { ...request, href: '/requests/FAR', scheduled: true, visit_on: '2026-03-12' },
    request,
    { ...request, href: '/requests/Q', needs_you: true }
  ],
  bill: { number: 'B-1', currency: 'USD', open: 4200n, due_on: '2026-02-20', status: 'due' as const },
  taken: null,
  meters: [{ id: 'm', serial: 'NG-1' }],
  account: '10000001',
  today: '2026-02-10'
};
const hrefs = (more: Partial<Parameters<typeof needsOf>[0]> = {}) =>
  needsOf({ ...facts, ...more }, t).map(({ href }) => href);

test('an answer comes first, then what is late, a reading, a visit, and a bill that has time', () => {
  const [answer, reading, visit, bill] = [
    '/requests/Q',
    '/readings?account=10000001#m',
    '/requests/V',
    '/bills/B-1#pay'
  ];
  expect(hrefs()).toEqual([answer, reading, visit, bill]);
  expect(hrefs({ bill: { ...facts.bill, status: 'overdue' } })).toEqual([answer, bill, reading, visit]);
});

test('what is paid, in credit or asked about does not press', () => {
  for (const status of ['paid', 'credit', 'disputed', 'planned'] as const)
    expect(hrefs({ bill: { ...facts.bill, status } })).not.toContain('/bills/B-1#pay');
  expect(hrefs({ requests: [], bill: null, meters: [] })).toEqual([]);
});

test('nobody is asked for what their card is about to pay, but for what it refused or leaves alone', () => {
  const will = { what: 'will' as const, on: '2026-02-20', amount: 4200n, tries: 0 };
  expect(hrefs({ taken: will })).not.toContain('/bills/B-1#pay');
  expect(hrefs({ taken: { ...will, tries: 1 } })).toContain('/bills/B-1#pay');
  expect(hrefs({ taken: { what: 'above', most: 100n } })).toContain('/bills/B-1#pay');
});
