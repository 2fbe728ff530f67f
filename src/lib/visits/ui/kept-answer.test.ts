/** A kept report: never lost because something answered, and never in the way of the next one. */
import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { type Answered, type Became, whatBecame } from './kept-answer.ts';

const t = wordsFor('en');
const [signIn, notYours, refused] = [
  { problem: t('visits.report_sign_in'), again: true },
  { problem: t('visits.report_not_yours'), again: false },
  { problem: t('visits.report_refused'), again: false }
];
const redirect = (location: string) => ({ type: 'redirect', location });

test.each([
  [200, redirect('/desk/day'), 'sent'],
  [200, redirect('/desk/day?day=2026-12-01'), 'sent'],
  [200, redirect('/account/second-factor'), signIn],
  [200, redirect('/sign-in?next=%2Fdesk%2Fday'), signIn],
  [200, redirect('/desk/days'), signIn],
  [401, {}, signIn],
  [401, null, signIn],
  [403, { type: 'error' }, notYours],
  [404, { type: 'error' }, notYours],
  [
    409,
    { type: 'failure', data: { problem: 'This visit is over.' } },
    { problem: 'This visit is over.', again: false }
  ],
  [409, { type: 'failure', data: {} }, refused],
  [413, null, refused],
  [200, null, refused],
  [200, { type: 'success' }, refused],
  [429, null, 'no line'],
  [500, { type: 'error' }, 'no line'],
  [503, null, 'no line']
] satisfies [number, Answered['result'], Became][])('%s with %o', (status, result, became) => {
  expect(whatBecame({ status, redirected: false, result }, t)).toEqual(became);
});

test('whoever was led to a page to sign in has sent nothing', () => {
  expect(whatBecame({ status: 200, redirected: true, result: null }, t)).toEqual(signIn);
});
