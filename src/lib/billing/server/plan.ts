/** The plan by which an account's bills are paid: which is in force, and how each of its days stands. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { nextOf, standingOf, verdictOn, type Received } from '../instalments.ts';
import { isPlan, plans, type Plan } from '../plan.ts';
import type { ProgrammeRules } from '../programme-rules.ts';
import { coveredBy } from '../shown-status.ts';

/** The plan in force on an account (an agreement about a debt, or a budget), with its days; null where there is none. */
export async function planOf(db: Db, accountId: string, today: string, rules: ProgrammeRules) {
  const row = await programmeRows(db)
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

/** Programmes as their rows have them, for whoever asks for some. */
export const programmeRows = (db: Db) => db.selectFrom('programme').select(columns);

const columns = [
  ...(['id', 'account_id', 'kind', 'state', 'currency', 'amount', 'received_before', 'review_on'] as const),
  ...(['method', 'card_name', 'most', 'days', 'began_on', 'ended_on', 'created_at'] as const)
] as const;

type Row = Awaited<ReturnType<ReturnType<typeof programmeRows>['execute']>>[number];
export type Programme = ReturnType<typeof programmeFrom>;

/** The same with its amounts as we reckon. */
export const programmeFrom = ({ amount, received_before, most, ...row }: Row) => ({
  ...row,
  amount: amount === null ? null : BigInt(amount),
  received_before: BigInt(received_before),
  most: most === null ? null : BigInt(most)
});

function planKind({ kind }: Pick<Programme, 'kind'>): Plan {
  if (!isPlan(kind)) throw new RangeError(`${kind} has no days`);
  return kind;
}
