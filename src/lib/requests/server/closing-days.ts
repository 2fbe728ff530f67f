/** A day on which nobody can come after all, for the weather or another reason: everybody is told and chooses anew. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { shutDay } from '#lib/visits/server/planning.ts';
import type { Status } from '../status.ts';
import { recordAndTell } from './timeline.ts';
import { move } from './transitions.ts';

/**
 * Closes the visits of an area on a day, in one act: no slot is offered any more, and who was booked gets their place
 * back to choose another. Answers how many were told. A second click tells nobody twice.
 */
export function closeDay(db: Db, actor: PersonActor, { area, day, reason }: ClosedDay): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await shutDay(tx, actor, { area, kind: 'visit', day, reason });
    const { rows } = await sql<Booked>`
      select r.id, r.status, v.on_day as visit_on, v.from_time as visit_from, v.to_time as visit_to
      from visit v join request r on r.id = v.request_id
      left join premises p on p.id = r.premises_id
      where v.on_day = ${day}::date and v.ended_at is null
        and coalesce((select s.area from slot_place o join slot s on s.id = o.slot_id
                      where o.subject_kind = 'request' and o.subject_id = r.id and o.state = 'taken'),
                     area_of_postcode(p.postcode)) = ${area}
      order by r.id for update of r`.execute(tx);
    for (const { id, status, visit_on, visit_from, visit_to } of rows) {
      if (status === 'scheduled') await move(tx, actor, { id, status }, 'open', { occasion: null });
      await tx
        .updateTable('request')
        .set({ visit_on: null, visit_from: null, visit_to: null })
        .where('id', '=', id)
        .execute();
      const payload = { visit_on, visit_from, visit_to, state: 'closed', reason };
      await recordAndTell(tx, id, { kind: 'visit', payload }, 'visit_closed');
    }
    return rows.length;
  });
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
