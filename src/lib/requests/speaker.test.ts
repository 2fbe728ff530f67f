/** Words are signed as whose they are: another customer's are never ours, nor their reader's. */
import { expect, test } from 'vitest';
import type { Actor } from '#lib/platform/actor.ts';
import { nameless } from './speaker.ts';
import { isOwn } from './timeline.ts';

const ben = { kind: 'person', id: 'ben', role: 'customer' } as Actor;

test('what another customer wrote is not signed as ours', () => {
  expect(nameless(true)).toBe('requests.on_account');
  expect(nameless(false)).toBe('requests.somebody');
});

test.each([
  ['their own', { actor_id: 'ben', actor_role: 'customer' }, 'ada', true],
  ['of another on the account', { actor_id: 'ada', actor_role: 'customer' }, 'ada', false],
  ['as a visitor, by who asked', { actor_id: null, actor_role: 'customer' }, 'ben', true],
  ['as a visitor, by another who asked', { actor_id: null, actor_role: 'customer' }, 'ada', false],
  ['of the system', { actor_id: null, actor_role: 'system' }, 'ben', false]
])('%s', (_what, entry, requester, own) => expect(isOwn(ben, entry, requester)).toBe(own));

test('to a visitor, what was said as a customer is their own', () =>
  expect(isOwn({ kind: 'visitor' } as Actor, { actor_id: null, actor_role: 'customer' }, null)).toBe(true));
