/** What is known of a place that whoever goes there should mind, and that something of it is gone. Staff alone are told. */
import { sql } from 'kysely';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { hazardsIn, type Hazard } from '../hazards.ts';

/** By whom a hazard was last said to be gone, and when. */
export interface GoneHazard {
  hazard: Hazard;
  said_at: Date;
  said_by: string;
}

export interface PlaceHazards {
  known: Hazard[];
  /** Those that nobody has named again since. */
  gone: GoneHazard[];
}

/** Of each of these places, in one question. */
export async function hazardsOf(
  db: Db,
  staff: PersonActor,
  places: readonly string[]
): Promise<Map<string, PlaceHazards>> {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  if (places.length === 0) return new Map();
  const { rows } = await sql<{ id: string; known: string[]; gone: Told[] }>`
    select place.id, hazards_at(place.id) as known,
           (select coalesce(json_agg(told order by told.said_at desc), '[]')
            from (select distinct on (g.hazard) g.hazard, g.said_at, p.name as said_by
                  from hazard_gone g join person p on p.id = g.said_by
                  where g.premises_id = place.id order by g.hazard, g.said_at desc) told) as gone
    from unnest(${[...new Set(places)]}::uuid[]) as place (id)`.execute(db);
  return new Map(
    rows.map(({ id, known, gone }) => [
      id,
      {
        known: hazardsIn(known),
        gone: gone.flatMap(({ hazard, said_at, said_by }) =>
          known.includes(hazard)
            ? []
            : hazardsIn([hazard]).map((one) => ({ hazard: one, said_at: new Date(said_at), said_by }))
        )
      }
    ])
  );
}

/** As JSON has it. */
interface Told {
  hazard: string;
  said_at: string;
  said_by: string;
}

/** Somebody was there, or was told by who lives there: it is not shown until it is named again. Twice is once. */
export async function sayGone(
  db: Db,
  staff: PersonActor,
  { premises, hazard }: { premises: string; hazard: string }
) {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  const [code] = hazardsIn([hazard]);
  const { rows } = await sql<{ known: string[] }>`
    select hazards_at(p.id) as known from premises p where p.id = ${premises}::uuid`.execute(db);
  const [place] = rows;
  if (!code || !place) refuse('missing', 'errors.missing');
  if (place.known.includes(code))
    await db
      .insertInto('hazard_gone')
      .values({ premises_id: premises, hazard: code, said_by: staff.id })
      .onConflict((there) => there.doNothing())
      .execute();
}
