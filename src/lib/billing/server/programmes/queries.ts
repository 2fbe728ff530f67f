/** Questions about programmes: what is in force on an account, how its instalments stand, what may be offered. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { coveredBy } from '../../programmes/effect.ts';
import { nextOf, standingOf, verdictOn, type Received } from '../../programmes/instalments.ts';
import type { Account } from '../../programmes/offers.ts';
import { isInForce, isPlan, plans, type Plan } from '../../programmes/programme.ts';
import type { ProgrammeRules } from '../../programmes/rules.ts';
import type { readBills } from '../queries.ts';

const columns = [
  ...(['id', 'account_id', 'kind', 'state', 'currency', 'amount', 'received_before', 'review_on'] as const),
  ...(['method', 'card_name', 'most', 'days', 'began_on', 'ended_on', 'created_at'] as const)
] as const;

export type Programme = Awaited<ReturnType<typeof programmesOf>>[number];

/** Every programme of an account, newest first. */
export async function programmesOf(db: Db, accountId: string) {
  const rows = await db
    .selectFrom('programme')
    .select(columns)
    .where('account_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .limit(50)
    .execute();
  return rows.map(programmeFrom);
}

/** The plan in force on an account (an agreement about a debt, or a budget), with its days; null where there is none. */
export async function planOf(db: Db, accountId: string, today: string, rules: ProgrammeRules) {
  const row = await db
    .selectFrom('programme')
    .select(columns)
    .where('account_id', '=', accountId)
    .where('state', 'in', ['asked', 'active'])
    .where('kind', 'in', plans)
    .executeTakeFirst();
  return row ? standingPlan(db, programmeFrom(row), today, rules) : null;
}

export type StandingPlan = NonNullable<Awaited<ReturnType<typeof planOf>>>;

/** The plan by which a bill was to be paid on the day it was issued, and what it asked for next; it may have ended since. */
export async function planAtIssue(db: Db, bill: { account_id: string; issued_on: string }) {
  const row = await db
    .selectFrom('programme')
    .select(['id', 'kind', 'began_on'])
    .where('account_id', '=', bill.account_id)
    .where('kind', 'in', plans)
    .where('began_on', '<=', bill.issued_on)
    .where((is) => is.or([is('ended_on', 'is', null), is('ended_on', '>', bill.issued_on)]))
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const plan = row && { kind: planKind(row), began_on: row.began_on };
  if (!row || !plan || !coveredBy(plan, bill)) return null;
  const next = (await instalmentsOf(db, row.id)).find(({ due_on }) => due_on >= bill.issued_on);
  return { kind: plan.kind, next: next ?? null };
}

/** A plan with how each of its days stands. */
export async function standingPlan(db: Db, programme: Programme, today: string, rules: ProgrammeRules) {
  const kind = planKind(programme);
  const [parts, received] = await Promise.all([
    instalmentsOf(db, programme.id),
    receivedOn(db, programme.account_id)
  ]);
  const { grace } = rules[kind];
  const standing = standingOf(parts, { received, before: programme.received_before }, { today, grace });
  const next = nextOf(standing);
  return {
    ...programme,
    kind,
    currency: programme.currency ?? 'USD',
    instalments: standing,
    next,
    /** The last day on which what is next is still in time. */
    lastDay: next && Temporal.PlainDate.from(next.due_on).add({ days: grace }).toString(),
    verdict: verdictOn(standing)
  };
}

async function instalmentsOf(db: Db, id: string) {
  const rows = await db
    .selectFrom('instalment')
    .select(['number', 'due_on', 'amount'])
    .where('programme_id', '=', id)
    .orderBy('number')
    .execute();
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }));
}

/** Payments that went through, and credit notes, each with its day. */
async function receivedOn(db: Db, accountId: string): Promise<Received[]> {
  const { rows } = await sql<{ day: string; amount: string }>`
    select paid_on as day, amount::text as amount from payment where account_id = ${accountId} and state = 'settled'
    union all
    select issued_on, (-total)::text from bill where account_id = ${accountId} and total < 0`.execute(db);
  return rows.map(({ day, amount }) => ({ day, amount: BigInt(amount) }));
}

/** What is to be known of an account before anything is offered. */
export function circumstancesOf(
  { bills, balance }: Awaited<ReturnType<typeof readBills>>,
  programmes: readonly Programme[],
  today: string,
  currency: string
): Account {
  const open = bills.filter((bill) => bill.open > 0n);
  const oldest = open.at(-1)?.due_on ?? today;
  const aYearAgo = Temporal.PlainDate.from(today).subtract({ years: 1 }).toString();
  return {
    currency: bills[0]?.currency ?? currency,
    balance,
    overdueDays: oldest < today ? daysBetween(oldest, today) : 0,
    openBills: open.length,
    bills,
    broken: programmes.filter(({ state, ended_on }) => state === 'broken' && (ended_on ?? '') > aYearAgo)
      .length,
    plan: programmes.find(({ kind, state }) => isInForce(state) && isPlan(kind))?.kind ?? null
  };
}

const daysBetween = (from: string, to: string) =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days;

function planKind({ kind }: Pick<Programme, 'kind'>): Plan {
  if (!isPlan(kind)) throw new RangeError(`${kind} has no days`);
  return kind;
}

const programmeFrom = <Row extends { amount: string | null; received_before: string; most: string | null }>({
  amount,
  received_before,
  most,
  ...row
}: Row) => ({
  ...row,
  amount: amount === null ? null : BigInt(amount),
  received_before: BigInt(received_before),
  most: most === null ? null : BigInt(most)
});
