/** Priority services of a place: read, registered, renewed and ended, by who may act there or at the desk for them. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { mayChangeDetails } from '#lib/people/access.ts';
import { writeAudit } from '#lib/people/server/audit.ts';
import { holdsToday } from './care.ts';
import type { Need, PriorityWish, Registration } from '../priority.ts';

export interface PriorityPlace {
  id: string;
  line: string;
  town: string;
  /** Null where nothing is registered. */
  needs: Need[] | null;
  wants: PriorityWish[] | null;
  shared: boolean;
  since: string | null;
  until: string | null;
}

/** The places for which somebody may act, each with what is registered there. */
export async function priorityPlaces(db: Db, person: string): Promise<PriorityPlace[]> {
  const { rows } = await sql<PriorityPlace>`
    select p.id, p.line, p.town, s.needs, s.wants, s.shared_at is not null as shared, s.since, s.until
    from account_member m join premises p on p.account_id = m.account_id
    left join priority_service s on s.premises_id = p.id
    where m.person_id = ${person} and m.scope = 'act'
    order by p.line, p.id`.execute(db);
  return rows;
}

/** The place that a form is about; not theirs, it is not there. */
export async function priorityPlace(db: Db, person: string, named: string | null) {
  const places = await priorityPlaces(db, person);
  const place = named === null ? places[0] : places.find(({ id }) => id === named);
  if (named !== null && !place) refuse('missing', 'errors.missing');
  return { places, place: place ?? null };
}

/**
 * Registers, or renews in place of what was there. Null ends it. Into their history, and told to them by a letter. What
 * follows from it, given what they wished for before, happens with it or not at all.
 */
export async function changePriority(
  db: Db,
  actor: PersonActor,
  person: string,
  place: string,
  said: Registration | null,
  follow?: (tx: Db, before: readonly PriorityWish[]) => Promise<unknown>
) {
  if (!mayChangeDetails(actor, person)) refuse('forbidden', 'errors.forbidden');
  await db.transaction().execute(async (tx) => {
    // One after the other, also where there is no row yet: what a second press wishes for is not new.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`priority ${place}`}, 0))`.execute(tx);
    const { place: before } = await priorityPlace(tx, person, place);
    if (said) await register(tx, actor, place, said);
    else await tx.deleteFrom('priority_service').where('premises_id', '=', place).execute();
    const entry = await writeAudit(tx, actor, {
      action: 'priority.changed',
      subject: { kind: 'person', id: person },
      detail: { premises: place, ended: said === null }
    });
    await later(tx, 'people.send_letter', { letter: 'details_changed', person, entry });
    await follow?.(tx, before?.wants ?? []);
  });
}

async function register(tx: Db, actor: PersonActor, premises_id: string, said: Registration) {
  const { needs, wants, until, shared } = said;
  const now = sql<Date>`now()`;
  const row = { needs, wants, until, registered_by: actor.id, updated_at: now };
  await tx
    .insertInto('priority_service')
    .values({ premises_id, ...row, shared_at: shared ? now : null })
    .onConflict((known) =>
      known.column('premises_id').doUpdateSet({
        ...row,
        // What ran out begins anew.
        since: sql`case when priority_service.until <= current_date then current_date
                        else priority_service.since end`,
        shared_at: shared ? sql`coalesce(priority_service.shared_at, now())` : null
      })
    )
    .execute();
}

/** Whether somebody at this place is served first today. */
export async function isServedFirst(db: Db, premises: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from priority_service s
    where s.premises_id = ${premises} and ${holdsToday}`.execute(db);
  return rows.length > 0;
}
