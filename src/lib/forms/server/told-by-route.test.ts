/** Where a route fails to tell of its form, danger is heard all the same, and what is wrong with us is not kept silent. */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { afterEach, expect, test, vi } from 'vitest';
import { refuse } from '#lib/platform/refusal.ts';
import { log } from '#lib/platform/server/log.ts';
import { toldBy } from './told-by-route.ts';

const logged = vi.spyOn(log, 'error').mockImplementation(() => {});
afterEach(() => logged.mockClear());

/** A posted form, as far as it is looked at here. */
const event = {
  route: { id: '/(home)/orders/new/time' },
  locals: { heard: { form: new FormData() } }
} as unknown as RequestEvent;

test('what a route knows of its form is told', async () => {
  expect(await toldBy(event, async () => ({ channel: 'order' }))).toEqual({ channel: 'order' });
  expect(await toldBy(event, undefined)).toBeUndefined();
});

test.each([
  ['leads elsewhere', () => redirect(303, '/orders/new')],
  ['is not there', () => error(404)],
  ['is refused', () => refuse('missing', 'errors.missing')]
])('a form that %s is heard without it, in silence', async (_, decide) => {
  expect(await toldBy(event, async () => decide())).toBeUndefined();
  expect(logged).not.toHaveBeenCalled();
});

test('a database that is away is for whoever asked to deal with', async () => {
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  await expect(toldBy(event, () => Promise.reject(away))).rejects.toBe(away);
  expect(logged).not.toHaveBeenCalled();
});

test('anything else stands in the log, and the form is heard', async () => {
  const bug = new TypeError('of undefined');
  expect(await toldBy(event, () => Promise.reject(bug))).toBeUndefined();
  expect(logged).toHaveBeenCalledWith(expect.any(String), { route: '/(home)/orders/new/time', error: bug });
});
