/** What whoever serves somebody has to know of them, as they told us: written once, read wherever staff meet them. */
import { type RawBuilder, sql } from 'kysely';
import type { Format } from '#lib/people/contact-form.ts';
import type { Need, PriorityWish } from '../priority.ts';

export interface Care {
  /** Why the place is served first; empty where nothing is registered that holds today. */
  needs: Need[];
  /** What helps at their door. */
  wants: PriorityWish[];
  /** How what we write to them should be, and whether they are not to be called. */
  formats: Format[];
}

/** As a column: of the person and the places with these ids, either of which may be null. */
export const careOf = (person: RawBuilder<unknown>, places: RawBuilder<unknown>) => sql<Care>`
  jsonb_build_object(
    'needs', ${registered(sql`s.needs`, places)},
    'wants', ${registered(sql`s.wants`, places)},
    'formats', coalesce((select to_jsonb(w.formats) from contact_wish w where w.person_id = ${person}), '[]'))`;

const registered = (said: RawBuilder<unknown>, places: RawBuilder<unknown>) => sql`
  coalesce((select jsonb_agg(distinct one) from priority_service s, unnest(${said}) one
            where s.premises_id in (${places}) and s.since <= current_date
              and coalesce(s.until > current_date, true)), '[]')`;
