/** The visits of a day, as the desk and a technician see them: with whom, where, and what it is about. */
import { type RawBuilder, sql } from 'kysely';
import type { Care } from '#lib/accounts/priority.ts';
import { careOf } from '#lib/accounts/server/care.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { VisitState } from '../day.ts';

export interface DayVisit {
  id: string;
  request_id: string;
  reference: string;
  on_day: string;
  from_time: string;
  to_time: string;
  zone: string;
  state: VisitState;
  place_in_day: number | null;
  expected_from: string | null;
  expected_to: string | null;
  technician_id: string | null;
  technician: string | null;
  customer: string | null;
  customer_id: string | null;
  phone: string | null;
  line: string | null;
  town: string | null;
  area: string | null;
  account_id: string | null;
  premises_id: string | null;
  service_type: string;
  service_version: number;
  comes_first: string | null;
  care: Care;
}

/** More than a day has. */
const most = 500;

/** What was called off is no visit of the day. `technician` narrows it to theirs. */
export const visitsOfDay = (
  db: Db,
  { day, zone, technician = null }: { day: string; zone: string; technician?: string | null }
): Promise<DayVisit[]> =>
  visits(
    db,
    zone,
    sql`v.on_day = ${day}::date and v.state <> 'called_off'
        and (${technician}::uuid is null or v.technician_id = ${technician}::uuid)`
  );

/** What was booked for an earlier day and of which nobody has said anything. */
export const visitsLeftOver = (
  db: Db,
  { today, zone }: { today: string; zone: string }
): Promise<DayVisit[]> => visits(db, zone, sql`v.on_day < ${today}::date and v.ended_at is null`);

async function visits(db: Db, zone: string, which: RawBuilder<unknown>): Promise<DayVisit[]> {
  const { rows } = await sql<DayVisit>`
    select v.id, v.request_id, r.reference, v.on_day, v.from_time, v.to_time, coalesce(v.zone, ${zone}) as zone, v.state,
           v.place_in_day, v.expected_from, v.expected_to, v.technician_id, t.name as technician,
           coalesce(c.name, r.contact->>'caller_name') as customer, r.requester_id as customer_id,
           coalesce(r.contact->>'contact_phone', r.contact->>'caller_phone', c.phone) as phone,
           p.line, p.town, a.name as area, r.account_id, r.premises_id, r.service_type, r.service_version, r.comes_first,
           ${careOf(sql`r.requester_id`, sql`r.premises_id`)} as care
    from visit v
    join request r on r.id = v.request_id
    left join person t on t.id = v.technician_id
    left join person c on c.id = r.requester_id
    left join premises p on p.id = r.premises_id
    left join area a on a.code = area_of_postcode(p.postcode)
    where ${which}
    order by a.name nulls last, v.on_day, v.from_time, v.id
    limit ${most}`.execute(db);
  return rows;
}

export interface EarlierVisit {
  id: string;
  on_day: string;
  state: VisitState;
  note: string;
  technician: string | null;
  service_type: string;
  service_version: number;
}

/** What became of the last visits at the place of a visit, for whoever goes there. */
export async function visitsBefore(db: Db, visit: string): Promise<EarlierVisit[]> {
  const { rows } = await sql<EarlierVisit>`select * from visits_before(${visit}::uuid)`.execute(db);
  return rows;
}

/** The visits to a customer, the newest day first, as far as the asker may see what they are about. */
export const visitsOfCustomer = (db: Db, person: string, most = 8) =>
  db
    .selectFrom('visit as v')
    .innerJoin('request as r', 'r.id', 'v.request_id')
    .leftJoin('person as t', 't.id', 'v.technician_id')
    .select(['v.id', 'r.reference', 'v.on_day', 'v.from_time', 'v.to_time', 't.name as technician'])
    .select(sql<VisitState>`v.state`.as('state'))
    .where('r.requester_id', '=', person)
    .orderBy('v.on_day', 'desc')
    .orderBy('v.id', 'desc')
    .limit(most)
    .execute();

/** What is charged because nobody let us in, the oldest first. */
export const chargesDue = (db: Db) =>
  db
    .selectFrom('visit_charge as c')
    .innerJoin('request as r', 'r.id', 'c.request_id')
    .innerJoin('visit as v', 'v.id', 'c.visit_id')
    .leftJoin('person as p', 'p.id', 'r.requester_id')
    .select(['c.visit_id', 'c.amount', 'c.currency', 'r.reference', 'v.on_day', 'p.name as customer'])
    .where('c.state', '=', 'due')
    .orderBy('c.at')
    .limit(100)
    .execute();

/** What is still to be paid for visits that were missed, the oldest first. */
export const owedCompensations = (db: Db) =>
  db
    .selectFrom('compensation as c')
    .innerJoin('request as r', 'r.id', 'c.request_id')
    .innerJoin('visit as v', 'v.id', 'c.visit_id')
    .leftJoin('account as a', 'a.id', 'c.account_id')
    .leftJoin('person as p', 'p.id', 'r.requester_id')
    .select(['c.id', 'c.amount', 'c.currency', 'c.due_on', 'c.reason', 'r.reference', 'v.on_day'])
    .select(['a.number as account', 'p.name as customer'])
    .where('c.state', '=', 'owed')
    .orderBy('c.due_on')
    .orderBy('c.id')
    .limit(100)
    .execute();
