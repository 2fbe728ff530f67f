/** What an admin changes about a member of staff: role and team, their way in, and whether they are let in at all. */
import { sql } from 'kysely';
import type { Actor, StaffRole } from '#lib/platform/actor.ts';
import type { PersonLetter } from '../letters.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, type Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import {
  mayChangeRole,
  mayChangeStaff,
  mayDeactivate,
  mayReactivate,
  mayResetSecondFactor
} from '../access.ts';
import { writeAudit, type Deed } from './audit.ts';
import { checkTeam } from './teams.ts';

/**
 * Gives a member of staff another role, another team, or both. With another role all their sessions end: what a
 * browser may do is settled when it signs in. With another team only the live streams do.
 */
export function changeRole(
  db: Db,
  actor: Actor,
  person: string,
  to: { role: StaffRole; team: string | null }
) {
  return db.transaction().execute(async (tx) => {
    const before = await hold(tx, actor, person);
    if (!mayChangeRole(actor, before)) refuse('conflict', 'staff.deactivated_first');
    await checkTeam(tx, to.team);
    if (before.role === to.role && before.team_id === to.team) return;

    await change(tx, person, { role: to.role, team_id: to.team });
    if (before.role === to.role) {
      const detail = { from: before.team_id, to: to.team };
      await writeAudit(tx, actor, {
        action: 'person.team_changed',
        subject: { kind: 'person', id: person },
        detail
      });
      return;
    }
    await endSessions(tx, person);
    const detail = { from: before.role, to: to.role, team: to.team };
    await tell(tx, actor, person, { action: 'person.role_changed', detail }, 'role_changed');
  });
}

/** They must set it up again, and are let in nowhere before they have. For a phone that is lost. */
export function resetSecondFactor(db: Db, actor: Actor, person: string) {
  return db.transaction().execute(async (tx) => {
    const colleague = await hold(tx, actor, person);
    if (!mayResetSecondFactor(actor, colleague)) refuse('conflict', 'staff.no_second_factor');

    await sql`select forget_second_factor_of(${person}::uuid)`.execute(tx);
    await endSessions(tx, person);
    await tell(tx, actor, person, { action: 'person.second_factor_reset' }, 'second_factor_reset');
  });
}

/**
 * Shuts a member of staff out at once. What they had in hand must go to somebody else in the same transaction, so
 * this is called by whoever knows about requests (`requests/server/offboarding.ts`).
 */
export async function deactivate(tx: Db, actor: Actor, person: string) {
  const colleague = await hold(tx, actor, person);
  if (!mayDeactivate(actor, colleague)) refuse('conflict', 'staff.deactivated_already');

  await change(tx, person, { deactivated_at: sql<Date>`now()` });
  await endSessions(tx, person);
  await tell(tx, actor, person, { action: 'person.deactivated' }, 'deactivated');
  return colleague;
}

/** Lets them in again, with the password and the second factor they had, to their team if it is still there. */
export function reactivate(db: Db, actor: Actor, person: string) {
  return db.transaction().execute(async (tx) => {
    const colleague = await hold(tx, actor, person);
    if (!mayReactivate(actor, colleague)) refuse('conflict', 'staff.active_already');

    const team = await tx
      .selectFrom('team')
      .select('id')
      .where('id', '=', colleague.team_id)
      .where('retired_at', 'is', null)
      .executeTakeFirst();
    await change(tx, person, { deactivated_at: null, team_id: team?.id ?? null });
    // One that was begun in the moment of their leaving must not come to life.
    await endSessions(tx, person);
    await tell(tx, actor, person, { action: 'person.reactivated' }, 'reactivated');
  });
}

/** A member of staff with their row held, so that what is decided on it still holds. */
async function hold(tx: Db, actor: Actor, person: string) {
  if (!mayChangeStaff(actor, person)) refuse('forbidden', 'errors.forbidden');
  const colleague = await tx
    .selectFrom('person')
    .select(['id', 'role', 'team_id', 'two_factor_enabled', 'deactivated_at'])
    .where('id', '=', person)
    .where('role', '!=', 'customer')
    .forNoKeyUpdate()
    .executeTakeFirst();
  return colleague ?? refuse('missing', 'staff.not_found');
}

async function change(
  tx: Db,
  person: string,
  to: { role?: StaffRole; team_id?: string | null; deactivated_at?: ReturnType<typeof sql<Date>> | null }
) {
  const changed = tx
    .updateTable('person')
    .set({ ...to, updated_at: sql`now()` })
    .where('id', '=', person);
  try {
    await changed.execute();
  } catch (error) {
    if (isCheckViolation(error, 'person_last_admin')) refuse('conflict', 'staff.last_admin');
    throw error;
  }
}

const endSessions = (tx: Db, person: string) => sql`select end_sessions_of(${person}::uuid)`.execute(tx);

/** Writes the change down, and promises a letter about it to whom it concerns. */
async function tell(tx: Db, actor: Actor, person: string, deed: Omit<Deed, 'subject'>, letter: PersonLetter) {
  const entry = await writeAudit(tx, actor, { ...deed, subject: { kind: 'person', id: person } });
  await later(tx, 'people.send_letter', { letter, person, entry });
}
