/** What whoever serves somebody has to know of them, as they told us: written once, read wherever staff meet them. */
import { type RawBuilder, sql } from 'kysely';
import type { Care } from '../priority.ts';

/** As a column: of the person and the places with these ids, either of which may be null. */
export const careOf = (person: RawBuilder<unknown>, places: RawBuilder<unknown>) => sql<Care>`
  jsonb_build_object(
    'needs', ${registered(sql`s.needs`, places)},
    'wants', ${registered(sql`s.wants`, places)},
    'formats', coalesce((select to_jsonb(w.formats) from contact_wish w where w.person_id = ${person}), '[]'))`;

/** Of a registration `s`: what begins later or has run out does not count. */
export const holdsToday = sql<boolean>`s.since <= current_date and coalesce(s.until > current_date, true)`;

const registered = (said: RawBuilder<unknown>, places: RawBuilder<unknown>) => sql`
  coalesce((select jsonb_agg(distinct one) from priority_service s, unnest(${said}) one
            where s.premises_id in (${places}) and ${holdsToday}), '[]')`;
