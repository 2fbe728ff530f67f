/** What the desk asks about emergencies. Row-level security lets nobody but staff read them. */
import { holdsToday } from '#lib/accounts/server/care.ts';
import { sql } from 'kysely';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Need } from '#lib/accounts/priority.ts';
import { minutesTo, warnBefore } from '../clocks.ts';
import type { EmergencyStatus, Hazard } from '../life.ts';
import type { Saying } from '../callers-words.ts';
import { foldFrom, shownOfFold } from '../source.ts';

/** Enough to notice that something happened, and how urgent it is. */
export interface Pulse {
  /** The number of the newest entry in any log. */
  newest: number;
  open: number;
  unacknowledged: number;
  /** Acknowledged, and soon too late to send somebody or to be there. */
  near: number;
  late: number;
}

export async function emergencyPulse(db: Db): Promise<Pulse> {
  const { dispatched, attended } = minutesTo;
  const { rows } = await sql<Pulse>`
    select newest, open, unacknowledged, near, late
    from emergency_pulse(${dispatched}, ${attended}, ${warnBefore})`.execute(db);
  return rows[0] ?? { newest: 0, open: 0, unacknowledged: 0, near: 0, late: 0 };
}

/**
 * All that are not over: first those that nobody has acknowledged, the newest on top. Of many callers behind one network
 * who have said neither number nor place only the newest are listed, and each says how many they are.
 */
export async function listOpen(db: Db): Promise<EmergencyRow[]> {
  const { rows } = await sql<EmergencyRow>`
    with open as (
      select id, of_source, md5(source || (status = 'received')) as fold,
             row_number() over (partition by source, status = 'received' order by received_at desc) as nth
      from (select e.*, count(*) over (partition by source, status = 'received')::integer as of_source
            from (${open}) as e) as e
    )
    ${known('o.of_source, o.fold')}
    join open o on o.id = e.id
    where e.id = any (array(select id from open where of_source < ${foldFrom}::integer or nth <= ${shownOfFold}::integer))
    order by e.status <> 'received', e.received_at desc`.execute(db);
  return rows;
}

/** Everything open that stands in the same fold as this one, the newest on top. */
export async function listFold(db: Db, reference: string): Promise<EmergencyRow[]> {
  const { rows } = await sql<EmergencyRow>`
    with open as (${open})
    ${known(`count(*) over ()::integer as of_source, '' as fold`)}
    join open o on o.id = e.id
    where e.id = any (array(select id from open)) and (o.source, o.status = 'received') =
          (select one.source, one.status = 'received' from open one where one.reference = ${reference.toUpperCase()})
    order by e.received_at desc`.execute(db);
  return rows;
}

/** The latest of those that are over. */
export async function listOver(db: Db, most = 100): Promise<EmergencyRow[]> {
  const { rows } = await sql<EmergencyRow>`
    ${known(`1 as of_source, '' as fold`)} where e.id = any (array(
      select id from emergency where status in ('made_safe', 'stood_down') order by received_at desc limit ${most}))
    order by e.received_at desc`.execute(db);
  return rows;
}

/** One emergency, by the reference that is read out over the telephone. */
export async function getEmergency(db: Db, reference: string): Promise<EmergencyRow> {
  const { rows } = await sql<EmergencyRow>`
    ${known(`1 as of_source, '' as fold`)} where e.reference = ${reference.toUpperCase()}`.execute(db);
  return rows[0] ?? refuse('missing', 'emergencies.not_found');
}

/** `source` gathers a flood; who can be told apart, or found, stands alone. */
const open = sql`
  select id, reference, status, received_at,
         case when person_id is null and logged_by is null and phone is null and place is null and address is not null
              then address else id::text end as source
  from emergency where status not in ('made_safe', 'stood_down')`;

const known = (ofFold: string) => sql`
  select e.id, e.reference, e.verdict, e.hazard, e.hazards, e.status, e.channel, e.text, e.phone, e.place, e.locale,
         e.premises_guessed, e.said_again, e.received_at, e.acknowledged_at, e.dispatched_at, e.attended_at,
         e.made_safe_at, e.safe_said_at, e.escalated_at, ${sql.raw(ofFold)},
         p.id as person_id, p.name as person_name, coalesce(l.name, w.name) as logged_by_name, a.name as acknowledged_name,
         r.reference as request_reference, c.number as account_number, c.holder as account_holder,
         concat_ws(', ', h.line, nullif(concat_ws(' ', h.postcode, h.town), '')) as address,
         s.needs, array(select distinct l.kind from emergency_entry l
                        where l.emergency_id = e.id and l.kind in ('words_full', 'network_full')) as full, coalesce((
           select jsonb_agg(jsonb_build_object('number', s.number, 'at', s.at, 'kind', s.kind, 'text', s.text,
             'phone', s.phone, 'place', s.place, 'elsewhere', s.elsewhere,
             'address', (select concat_ws(', ', q.line, q.town) from premises q where q.id = s.premises_id)
           ) order by s.number)
           from emergency_said s where s.emergency_id = e.id), '[]') as said
  from emergency e
  left join lateral (select id, name from person where id = e.person_id and role = 'customer' limit 1) p on true
  left join lateral (select name from person where id = e.logged_by limit 1) l on true
  left join lateral (select name from person where id = e.person_id and role <> 'customer' limit 1) w on true
  left join lateral (select name from person where id = e.acknowledged_by limit 1) a on true
  left join lateral (select reference from request_reference where request_id = e.request_id limit 1) r on true
  left join lateral (select number, holder from account where id = e.account_id limit 1) c on true
  left join lateral (select line, postcode, town from premises where id = e.premises_id limit 1) h on true
  left join priority_service s on s.premises_id = e.premises_id and ${holdsToday}`;

export interface EmergencyRow {
  id: string;
  reference: string;
  verdict: 'emergency' | 'possible' | 'reported';
  hazard: Hazard | null;
  hazards: Hazard[];
  status: EmergencyStatus;
  channel: string;
  text: string | null;
  phone: string | null;
  place: string | null;
  locale: string;
  /** The address is one of several of theirs, and nobody has said which. */
  premises_guessed: boolean;
  said_again: number;
  received_at: Date;
  acknowledged_at: Date | null;
  dispatched_at: Date | null;
  attended_at: Date | null;
  made_safe_at: Date | null;
  safe_said_at: Date | null;
  escalated_at: Date | null;
  /** How many stand in the same fold, this one included. */
  of_source: number;
  /** What those of one fold share; it says nothing of where they came from. */
  fold: string;
  person_id: string | null;
  person_name: string | null;
  /** Who of staff wrote down what a caller said. */
  logged_by_name: string | null;
  acknowledged_name: string | null;
  request_reference: string | null;
  account_number: string | null;
  account_holder: string | null;
  address: string;
  /** Why somebody there is served first, if they are. */
  needs: Need[] | null;
  /** More was said or came from there than is taken: whoever did was told to call. */
  full: ('words_full' | 'network_full')[];
  said: Saying[];
}
