/** Joining a programme and leaving it: by whoever may act on the account, or at the desk for them. */
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { digestOf, doneBefore, once } from '#lib/platform/server/once.ts';
import { canBegin, type ProgrammeKind } from '../programme.ts';
import type { Proposal } from '../wishes.ts';

/** A form that asks for a programme: sent twice it is one. */
export interface Asked {
  key: string;
  /** What was typed, as the form came: what can be had changes once it is agreed on. */
  content: readonly unknown[];
}

export interface Enrolment extends Asked {
  account: string;
  proposal: Proposal;
  today: string;
}

/** Begins a programme with its days, all in one transaction. Who is told, and the history, is the database's doing. */
export async function enrol(db: Db, actor: PersonActor, enrolment: Enrolment) {
  try {
    await once(formOf(db, actor, enrolment), () => store(db, actor, enrolment));
  } catch (error) {
    if (isUniqueViolation(error, 'programme_once')) refuse('conflict', 'programmes.already');
    if (isUniqueViolation(error, 'programme_one_plan')) refuse('conflict', 'programmes.why_plan');
    if (isCheckViolation(error, 'programme_covers_debt')) refuse('conflict', 'programmes.changed');
    throw error;
  }
}

/** The programme that this form began before, if it did. */
export const enrolledBefore = (db: Db, actor: PersonActor, asked: Asked) =>
  doneBefore(formOf(db, actor, asked));

const formOf = (db: Db, actor: PersonActor, { key, content }: Asked) => {
  const digest = digestOf(content);
  return { digest, first: () => programmeOfForm(db, actor, key, digest) };
};

/** Of one that began with a card there is no digest: what was typed for it stands with the card. */
async function programmeOfForm(db: Db, actor: PersonActor, key: string, digest: string) {
  const row = await db
    .selectFrom('programme')
    .select(['id', 'digest'])
    .where('enrolled_by', '=', actor.id)
    .where('form_key', '=', key)
    .executeTakeFirst();
  return row && { digest: row.digest ?? digest, result: row.id };
}

function store(db: Db, actor: PersonActor, { account, proposal, key, content, today }: Enrolment) {
  const { kind, currency, amount, instalments, review_on, method, most, days } = proposal;
  return db.transaction().execute(async (tx) => {
    const { id } = await tx
      .insertInto('programme')
      .values({
        ...{ account_id: account, kind, state: method === 'bank' ? 'asked' : 'active', began_on: today },
        ...{ currency, review_on, method, days, enrolled_by: actor.id },
        ...{ form_key: key, digest: digestOf(content) },
        amount: amount === null ? null : String(amount),
        most: most === null ? null : String(most)
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (instalments.length > 0)
      await tx
        .insertInto('instalment')
        .values(instalments.map((one) => ({ ...one, programme_id: id, amount: String(one.amount) })))
        .execute();
    return id;
  });
}

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
