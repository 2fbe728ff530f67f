/** Closing an account: asked for, called off, held; by its owner, or at the desk for them. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { type Db, isCheckViolation, isUniqueViolation } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { writeAudit } from '#lib/people/server/audit.ts';
import { canAskToClose, canHoldClosing, type ClosingWait } from '../closing.ts';

/** What is asked for and not over yet, and what it would wait for. */
export async function closingOf(db: Db, person: string) {
  const waiting = await db
    .selectFrom('closing')
    .select(['id', 'asked_at', 'due_at'])
    .where('person_id', '=', person)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return { waiting: waiting ?? null, waits: await closingWaitsFor(db, person) };
}

/** What is under way, for which we must know who they are. */
export async function closingWaitsFor(db: Db, person: string): Promise<ClosingWait[]> {
  const { rows } = await sql<{ waits: ClosingWait[] }>`select closing_waits_for(${person}) as waits`.execute(
    db
  );
  return rows[0]?.waits ?? [];
}

/** What ends with it, as it stands today. */
export async function endsWith(db: Db, person: string) {
  const { rows } = await sql<{ requests: number; others: number; programmes: number }>`
    with theirs as (select array(select account_id from account_member
                                 where person_id = ${person} and kind = 'holder') as ids)
    select (select count(*)::int from request where requester_id = ${person}
              and request_is_open(status)) as requests,
           (select count(distinct person_id)::int from account_member
              where account_id = any ((select ids from theirs)::uuid[]) and person_id <> ${person}) as others,
           (select count(*)::int from programme
              where account_id = any ((select ids from theirs)::uuid[]) and state in ('asked', 'active')) as programmes
  `.execute(db);
  return rows[0] ?? { requests: 0, others: 0, programmes: 0 };
}

/** Asks for it. Asked a second time, it is waiting already. */
export async function askToClose(db: Db, actor: PersonActor, person: string) {
  if (!canAskToClose(actor, person)) refuse('forbidden', 'errors.forbidden');
  try {
    await db.transaction().execute(async (tx) => {
      const { id } = await tx
        .insertInto('closing')
        .values({ person_id: person, asked_by: actor.id })
        .returning('id')
        .executeTakeFirstOrThrow();
      await note(tx, actor, 'person.closing_asked', person);
      await later(tx, 'privacy.tell_closing', { closing: id, what: 'asked' });
    });
  } catch (problem) {
    if (isUniqueViolation(problem, 'closing_waiting')) return;
    if (isCheckViolation(problem, 'closing_waits')) refuse('conflict', 'privacy.close_waits');
    if (isCheckViolation(problem, 'closing_customer')) refuse('missing', 'errors.missing');
    throw problem;
  }
}

/** Calls it off. Where nothing waits any more, there is nothing to call off, and it is said. */
export async function withdrawClosing(db: Db, actor: PersonActor, person: string) {
  if (!canAskToClose(actor, person)) refuse('forbidden', 'errors.forbidden');
  await db.transaction().execute(async (tx) => {
    const kept = await tx
      .updateTable('closing')
      .set({ state: 'withdrawn', ended_at: sql`now()` })
      .where('person_id', '=', person)
      .where('state', '=', 'waiting')
      .returning('id')
      .executeTakeFirst();
    if (!kept) return;
    await note(tx, actor, 'person.closing_withdrawn', person);
    await later(tx, 'privacy.tell_closing', { closing: kept.id, what: 'withdrawn' });
  });
}

/** The reason why everything about somebody must stay; for staff. */
export async function holdOf(db: Db, person: string) {
  const hold = await db
    .selectFrom('closing_hold as h')
    .innerJoin('person as p', 'p.id', 'h.made_by')
    .select(['h.reason', 'h.made_at', 'p.name as by'])
    .where('h.person_id', '=', person)
    .executeTakeFirst();
  return hold ?? null;
}

export async function holdClosing(db: Db, actor: PersonActor, person: string, reason: string) {
  if (!canHoldClosing(actor)) refuse('forbidden', 'errors.forbidden');
  await db.transaction().execute(async (tx) => {
    const made = await tx
      .insertInto('closing_hold')
      .values({ person_id: person, reason, made_by: actor.id })
      .onConflict((known) => known.column('person_id').doNothing())
      .returning('person_id')
      .executeTakeFirst();
    if (made) await note(tx, actor, 'person.closing_held', person);
  });
}

export async function liftHold(db: Db, actor: PersonActor, person: string) {
  if (!canHoldClosing(actor)) refuse('forbidden', 'errors.forbidden');
  await db.transaction().execute(async (tx) => {
    const lifted = await tx
      .deleteFrom('closing_hold')
      .where('person_id', '=', person)
      .returning('person_id')
      .executeTakeFirst();
    if (lifted) await note(tx, actor, 'person.closing_hold_lifted', person);
  });
}

const note = (tx: Db, actor: PersonActor, action: string, person: string) =>
  writeAudit(tx, actor, { action, subject: { kind: 'person', id: person } });
