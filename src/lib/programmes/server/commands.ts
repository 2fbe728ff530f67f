/** Joining a programme and leaving it: by whoever may act on the account, or at the desk for them. */
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { canBegin, type ProgrammeKind } from '../programme.ts';
import type { Proposal } from '../wishes.ts';

export interface Enrolment {
  account: string;
  proposal: Proposal;
  /** Of the form: sent twice it is one programme. */
  key: string;
  today: string;
}

/** Begins a programme with its days, all in one transaction. Who is told, and the history, is the database's doing. */
export async function enrol(db: Db, actor: PersonActor, { account, proposal, key, today }: Enrolment) {
  const { kind, currency, amount, instalments, review_on, method, most, days } = proposal;
  try {
    await db.transaction().execute(async (tx) => {
      const row = await tx
        .insertInto('programme')
        .values({
          ...{ account_id: account, kind, state: method === 'bank' ? 'asked' : 'active', began_on: today },
          ...{ currency, review_on, method, days, form_key: key, enrolled_by: actor.id },
          amount: amount === null ? null : String(amount),
          most: most === null ? null : String(most)
        })
        .onConflict((conflict) => conflict.columns(['enrolled_by', 'form_key']).doNothing())
        .returning('id')
        .executeTakeFirst();
      // Sent before: it is there already.
      if (!row || instalments.length === 0) return;
      await tx
        .insertInto('instalment')
        .values(instalments.map((one) => ({ ...one, programme_id: row.id, amount: String(one.amount) })))
        .execute();
    });
  } catch (error) {
    if (await wasJoined(db, actor, key)) return;
    if (isUniqueViolation(error, 'programme_once')) refuse('conflict', 'programmes.already');
    if (isUniqueViolation(error, 'programme_one_plan')) refuse('conflict', 'programmes.why_plan');
    if (isCheckViolation(error, 'programme_covers_debt')) refuse('conflict', 'programmes.changed');
    throw error;
  }
}

/** Whether this form began a programme before. */
export const wasJoined = async (db: Db, actor: PersonActor, key: string) =>
  (await db
    .selectFrom('programme')
    .select('id')
    .where('enrolled_by', '=', actor.id)
    .where('form_key', '=', key)
    .executeTakeFirst()) !== undefined;

/** The bank has agreed: what was asked for is in force from today. Said twice it is said once. */
export async function begin(
  db: Db,
  actor: PersonActor,
  { account, kind, today }: { account: string; kind: ProgrammeKind; today: string }
) {
  if (!canBegin(actor)) refuse('missing', 'errors.missing');
  await db
    .updateTable('programme')
    .set({ state: 'active', began_on: today })
    .where('account_id', '=', account)
    .where('kind', '=', kind)
    .where('state', '=', 'asked')
    .execute();
}

/** Leaves what is in force of a kind. Left before, it stays left. */
export async function leave(db: Db, account: string, kind: ProgrammeKind, today: string) {
  await db
    .updateTable('programme')
    .set({ state: 'left', ended_on: today })
    .where('account_id', '=', account)
    .where('kind', '=', kind)
    .where('state', 'in', ['asked', 'active'])
    .execute();
}

/** After the last try of its card a bill is its customer's to pay, and so are those that come. */
export const breakAutopay = (db: Db, account: string, today: string) =>
  db
    .updateTable('programme')
    .set({ state: 'broken', ended_on: today })
    .where('account_id', '=', account)
    .where('kind', '=', 'autopay')
    .where('state', '=', 'active')
    .execute();
