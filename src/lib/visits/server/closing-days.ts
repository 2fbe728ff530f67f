/** Hours in which nobody can come after all, for the weather or another reason: everybody is told and chooses anew. */
import { type RawBuilder, sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { shutSlot } from '#lib/slots/server/one-day.ts';
import { shutDay } from '#lib/slots/server/planning.ts';
import type { Status } from '#lib/requests/status.ts';
import { recordAndTell } from '#lib/requests/server/timeline.ts';
import { move } from '#lib/requests/server/transitions.ts';
import { clearVisitTimes } from '#lib/requests/server/visited.ts';

/**
 * Closes the visits of an area on a day, in one act: no slot is offered any more, and who was booked gets their place
 * back to choose another. Answers how many were told. A second click tells nobody twice.
 */
export function closeDay(db: Db, actor: PersonActor, { area, day, reason }: ClosedDay): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await shutDay(tx, actor, { area, kind: 'visit', day, reason });
    const there = sql<boolean>`v.on_day = ${day}::date and coalesce(s.area, area_of_postcode(p.postcode)) = ${area}`;
    return tellThose(tx, actor, there, reason);
  });
}

/** The same for one window of a day alone. */
export function closeVisits(
  db: Db,
  actor: PersonActor,
  { slot, reason }: { slot: string; reason: string }
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await shutSlot(tx, actor, { slot, kind: 'visit', reason });
    return tellThose(tx, actor, sql<boolean>`s.id = ${slot}::uuid`, reason);
  });
}

async function tellThose(tx: Db, actor: PersonActor, there: RawBuilder<boolean>, reason: string) {
  const { rows } = await sql<Booked>`
    select r.id, r.status, v.on_day as visit_on, v.from_time as visit_from, v.to_time as visit_to
    from visit v join request r on r.id = v.request_id
    left join premises p on p.id = r.premises_id
    left join slot_place o on o.subject_kind = 'request' and o.subject_id = r.id and o.state = 'taken'
    left join slot s on s.id = o.slot_id
    where v.ended_at is null and ${there}
    order by r.id for update of r`.execute(tx);
  for (const { id, status, visit_on, visit_from, visit_to } of rows) {
    if (status === 'scheduled') await move(tx, actor, { id, status }, 'open', { occasion: null });
    await clearVisitTimes(tx, id);
    const payload = { visit_on, visit_from, visit_to, state: 'closed', reason };
    await recordAndTell(tx, id, { kind: 'visit', payload }, 'visit_closed');
  }
  return rows.length;
}

interface ClosedDay {
  area: string;
  day: string;
  reason: string;
}

interface Booked {
  id: string;
  status: Status;
  visit_on: string;
  visit_from: string;
  visit_to: string;
}
