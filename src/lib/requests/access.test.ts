/** Who may do what to a request, in every state it can be in. */
import { expect, test } from 'vitest';
import { nobody, system, type Actor, type Role } from '#lib/platform/actor.ts';
import {
  canCancel,
  canConfirm,
  canFollowUp,
  canGiveTo,
  canMerge,
  canReopen,
  canReply,
  canSetStatus,
  canTake,
  canWorkOn,
  isTheirTeams,
  statusesByHand,
  type Subject
} from './access.ts';
import { statuses, type Status } from './status.ts';

const person = (id: string, role: Role = 'customer', team: string | null = null): Actor => ({
  kind: 'person',
  id,
  role,
  team
});
const ada = person('ada');
const ben = person('ben');
const grace = person('grace', 'agent', 'billing');
const sam = person('sam', 'supervisor', 'network');
const today = '2026-11-23';
const now = new Date('2026-11-23T12:00:00Z');

const request: Subject = {
  requester_id: 'ada',
  private: false,
  team_id: 'billing',
  agent_id: null,
  status: 'open',
  work_began_at: null,
  visit_on: null,
  wished_at: null,
  resolved_at: null,
  may_act: false
};

/** In which states the answer is yes. */
const when = (asked: (subject: Subject) => boolean) =>
  statuses.filter((status) => asked({ ...request, status, visit_on: '2026-12-01' }));

const live = ['submitted', 'open', 'waiting', 'scheduled'];

test('a customer replies until it has ended, and follows up after that', () => {
  expect(when((r) => canReply(ada, r, now))).toEqual([...live, 'resolved']);
  expect(when((r) => canFollowUp(ada, r, now))).toEqual(['closed', 'cancelled', 'merged']);
});

test('a customer cancels what is not done yet, and reopens or confirms what is resolved', () => {
  expect(when((r) => canCancel(ada, r, today))).toEqual(live);
  expect(when((r) => canReopen(ada, r, now))).toEqual(['resolved']);
  expect(when((r) => canConfirm(ada, r))).toEqual(['resolved']);
});

test('for two weeks after it was resolved a customer replies or reopens; then a reply opens another', () => {
  const ago = (ms: number) => ({
    ...request,
    status: 'resolved' as const,
    resolved_at: new Date(now.getTime() - ms)
  });
  const [last, past] = [ago(14 * 86_400_000 - 1), ago(14 * 86_400_000)];
  for (const rule of [canReply, canReopen])
    expect([rule(ada, last, now), rule(ada, past, now), rule(grace, past, now)]).toEqual([true, false, true]);
  expect([canFollowUp(ada, last, now), canFollowUp(ada, past, now)]).toEqual([false, true]);
  expect(canConfirm(ada, past)).toBe(true);
});

test('the two weeks begin after the day that was asked for, where it was done before', () => {
  const early = { ...request, status: 'resolved' as const, resolved_at: new Date('2026-09-01T12:00:00Z') };
  const reopens = (wished_at: string) => canReopen(ada, { ...early, wished_at: new Date(wished_at) }, now);
  expect([
    reopens('2027-01-23T05:00:00Z'),
    reopens('2026-11-10T05:00:00Z'),
    reopens('2026-11-01T05:00:00Z')
  ]).toEqual([true, true, false]);
});

test('whoever may act for the account speaks for the request as its requester does', () => {
  expect(when((r) => canReply(ben, { ...r, may_act: true }, now))).toEqual([...live, 'resolved']);
  expect(when((r) => canConfirm(ben, { ...r, may_act: true }))).toEqual(['resolved']);
});

test.each([
  ['another customer', ben],
  ['a visitor', nobody],
  ['time itself', system]
])('%s may do nothing to it', (_, actor) => {
  const rules = [canReply, canFollowUp, canReopen, canConfirm, canWorkOn, canTake];
  for (const rule of rules) expect(when((r) => rule(actor, r, now))).toEqual([]);
  expect(when((r) => canCancel(actor, r, today))).toEqual([]);
  expect(when((r) => canGiveTo(actor, r, 'billing'))).toEqual([]);
});

test('once work began the customer cannot cancel, and staff still can', () => {
  const begun = { ...request, work_began_at: new Date() };
  expect([canCancel(ada, begun, today), canCancel(grace, begun, today)]).toEqual([false, true]);
});

test('a visit can be called off until the day before it', () => {
  const on = (visit_on: string | null) =>
    canCancel(ada, { ...request, status: 'scheduled', visit_on }, today);
  expect([on('2026-11-24'), on('2026-11-23'), on('2026-11-22'), on(null)]).toEqual([
    true,
    false,
    false,
    false
  ]);
});

test('staff work on it until it has ended, but never confirm it for the customer', () => {
  expect(when((r) => canWorkOn(grace, r))).toEqual([...live, 'resolved']);
  expect(when((r) => canConfirm(sam, r))).toEqual([]);
});

test('by hand staff choose only where a request may go without a day, a reason or another request', () => {
  const from = (status: Status) => statusesByHand(grace, { ...request, status });
  expect(Object.fromEntries(statuses.map((status) => [status, from(status)]))).toEqual({
    submitted: ['open', 'waiting', 'resolved'],
    open: ['waiting', 'resolved'],
    waiting: ['open', 'resolved'],
    scheduled: ['open', 'waiting', 'resolved'],
    resolved: ['open'],
    closed: [],
    cancelled: [],
    merged: []
  });
  for (const to of statuses) expect(canSetStatus(ada, request, to)).toBe(false);
});

test('one takes what is not theirs already', () => {
  expect(canTake(grace, request)).toBe(true);
  expect(canTake(grace, { ...request, agent_id: 'grace' })).toBe(false);
});

test('an agent hands on within the team, or takes in what has none; a supervisor hands on anywhere', () => {
  expect([canGiveTo(grace, request, 'billing'), canGiveTo(grace, request, 'network')]).toEqual([true, false]);
  const unassigned = { ...request, team_id: null };
  expect([canGiveTo(grace, unassigned, 'billing'), canGiveTo(grace, unassigned, 'network')]).toEqual([
    true,
    false
  ]);
  expect(canGiveTo(sam, request, 'network')).toBe(true);
});

test('an agent is at home with their team, the unassigned and their own; a supervisor everywhere', () => {
  const at = (actor: Actor, team_id: string | null, agent_id: string | null = null) =>
    isTheirTeams(actor, { team_id, agent_id });
  expect([at(grace, 'billing'), at(grace, null), at(grace, 'network', 'grace')]).toEqual([true, true, true]);
  expect([at(grace, 'network'), at(grace, 'network', 'sam'), at(ada, null)]).toEqual([false, false, false]);
  expect(at(sam, 'billing')).toBe(true);
});

test('staff merge what is not done yet into an open one of the same customer or account, never unseen', () => {
  const one = { ...request, id: 'one', account_id: 'home' };
  const into = { ...one, id: 'other', requester_id: 'ben' };
  expect(when((r) => canMerge(grace, { ...one, status: r.status }, into))).toEqual(live);
  expect(when((r) => canMerge(grace, one, { ...into, status: r.status }))).toEqual(live);
  expect(canMerge(ada, one, into)).toBe(false);
  expect(canMerge(grace, one, { ...into, private: true })).toBe(false);
  expect(canMerge(grace, one, { ...into, private: true, requester_id: 'ada' })).toBe(true);
  expect(canMerge(grace, one, { ...into, account_id: 'elsewhere' })).toBe(false);
  expect(
    canMerge(
      grace,
      { ...one, requester_id: null, account_id: null },
      { ...into, requester_id: null, account_id: null }
    )
  ).toBe(false);
  expect(canMerge(grace, one, one)).toBe(false);
});
