/** Who hears of a change is who may read it: the same rule as the database's, asked without it. */
import { expect, test } from 'vitest';
import type { Role } from '#lib/platform/actor.ts';
import { changesSight, hears, type Change, type Listener } from './feed.ts';

const change: Change = {
  position: { xid: 7n, seq: 1n },
  request_id: 'r',
  reference: '7KQ4-M2XR',
  number: 2,
  kind: 'message',
  visibility: 'public',
  actor_id: null,
  requester_id: 'ada',
  account_id: 'a',
  private: false,
  team_id: 'billing',
  agent_id: null,
  taken_from: null
};

const listener = (
  id: string,
  role: Role = 'customer',
  also: Partial<Listener> & { team?: string } = {}
): Listener => ({
  actor: { kind: 'person', id, role, team: also.team ?? null },
  accounts: new Set(),
  opened: new Set(),
  ...also
});

test('customers hear of their own requests, and of none of others', () => {
  expect(hears(listener('ada'), change)).toBe(true);
  expect(hears(listener('ben'), change)).toBe(false);
});

test('nobody outside hears that staff have written among themselves', () => {
  const note = { ...change, visibility: 'internal' };
  const member = listener('vera', 'customer', { accounts: new Set(['a']) });
  expect([listener('ada'), member].map((one) => hears(one, note))).toEqual([false, false]);
  expect(hears(listener('grace', 'agent', { team: 'billing' }), note)).toBe(true);
});

test('whoever loses a request hears of it once, and of nothing after', () => {
  const grace = listener('grace', 'agent', { team: 'billing' });
  const gone = {
    ...change,
    kind: 'assigned',
    team_id: 'leaks',
    taken_from: { team: 'billing', agent: null }
  };
  expect(hears(grace, gone)).toBe(true);
  expect(hears(grace, { ...gone, kind: 'message', taken_from: null })).toBe(false);
  expect(hears(listener('hugo', 'agent', { team: 'meters' }), gone)).toBe(false);
  expect(hears(listener('hugo', 'agent'), { ...gone, taken_from: { team: null, agent: null } })).toBe(true);
});

test('only an agent’s own opening, giving and logging change what they see', () => {
  const grace = listener('grace', 'agent');
  const own = (kind: string, actor_id = 'grace') => changesSight(grace, { ...change, kind, actor_id });
  expect(['viewed', 'assigned', 'submitted'].map((kind) => own(kind))).toEqual([true, true, true]);
  expect([own('message'), own('viewed', 'hugo')]).toEqual([false, false]);
});

test('members of the account hear of what is not private', () => {
  const vera = listener('vera', 'customer', { accounts: new Set(['a']) });
  expect(hears(vera, change)).toBe(true);
  expect(hears(vera, { ...change, private: true })).toBe(false);
  expect(hears(vera, { ...change, account_id: 'b' })).toBe(false);
  expect(hears(vera, { ...change, account_id: null })).toBe(false);
});

test('agents hear of their team, of what nobody has, of what is theirs, and of what they opened', () => {
  const grace = listener('grace', 'agent', { team: 'network', opened: new Set(['opened']) });
  expect(hears(grace, change)).toBe(false);
  expect(hears(grace, { ...change, team_id: 'network' })).toBe(true);
  expect(hears(grace, { ...change, team_id: null })).toBe(true);
  expect(hears(grace, { ...change, agent_id: 'grace' })).toBe(true);
  expect(hears(grace, { ...change, request_id: 'opened' })).toBe(true);
});

test.each(['supervisor', 'admin'] as const)('a %s hears of everything', (role) => {
  expect(hears(listener('sam', role), { ...change, visibility: 'internal', private: true })).toBe(true);
});
