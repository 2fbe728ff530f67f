/** The deliveries of a day, as the desk sees them and as a driver takes them along on paper. */
import { type RawBuilder, sql } from 'kysely';
import type { Care } from '#lib/accounts/priority.ts';
import { careOf } from '#lib/accounts/server/care.ts';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { type Hazard, hazardsIn } from '#lib/visits/hazards.ts';
import { inRun } from '../run.ts';
import { isEnded, type OrderStatus } from '../status.ts';

export interface Delivery {
  id: string;
  account_id: string;
  reference: string;
  status: OrderStatus;
  area: string;
  area_name: string;
  skill: string;
  on_day: string;
  from_time: string;
  to_time: string;
  zone: string;
  place_in_run: number | null;
  holder: string;
  line: string;
  town: string;
  postcode: string;
  phone: string | null;
  access_notes: string;
  premises_id: string;
  /** What is known of the place: a dog, asbestos. */
  hazards: Hazard[];
  /** The first of its place: where it stands is to be looked at. */
  first_cylinder: boolean;
  comes_first: boolean;
  care: Care;
  total: string;
  paid: string;
  currency: string;
}

/** More than a day has. */
const most = 500;

/** All that has, or had, its time on this day, in the order of its run. What was moved to another day is not of it. */
export async function deliveriesOfDay(
  db: Db,
  staff: PersonActor,
  { day, area = null }: { day: string; area?: string | null }
): Promise<Delivery[]> {
  const rows = await deliveries(
    db,
    staff,
    sql`s.on_day = ${day}::date and (${area}::text is null or s.area = ${area})`
  );
  return [...Map.groupBy(rows, ({ area_name }) => area_name).values()].flatMap(inRun);
}

/** What a driver still has before them on a day: what was brought, or came back, is no stop any more. */
export const stopsOfDay = async (db: Db, staff: PersonActor, of: { day: string; area?: string | null }) =>
  (await deliveriesOfDay(db, staff, of)).filter(({ status }) => status !== 'missed' && !isEnded(status));

/** What had its time on an earlier day and is still neither here nor there. */
export const deliveriesLeftOver = (db: Db, staff: PersonActor, today: string): Promise<Delivery[]> =>
  deliveries(
    db,
    staff,
    sql`s.on_day < ${today}::date and sp.state = 'taken' and o.ended_at is null
        and o.status in ('placed', 'packed', 'on_the_way')`
  );

async function deliveries(db: Db, staff: PersonActor, which: RawBuilder<unknown>): Promise<Delivery[]> {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  const { rows } = await sql<Omit<Delivery, 'hazards' | 'comes_first'> & { hazards: string[] }>`
    select o.id, o.account_id, o.reference, o.status, s.area, a.name as area_name, o.skill, s.on_day, s.from_time, s.to_time, s.zone,
           o.place_in_run, c.holder, p.line, p.town, p.postcode, who.phone, o.access_notes, o.first_cylinder, o.total, o.paid, o.currency,
           hazards_at(p.id) as hazards, p.id as premises_id,
           ${careOf(sql`o.person_id`, sql`p.id`)} as care
    from slot s
    join slot_place sp on sp.slot_id = s.id and sp.subject_kind = 'order'
      and (sp.state = 'taken' or (sp.state = 'given_back' and sp.why = 'over'))
    join customer_order o on o.id = sp.subject_id
      and (sp.state = 'taken' or o.status in ('missed', 'delivered'))
    join area a on a.code = s.area
    join premises p on p.id = o.premises_id
    join account c on c.id = o.account_id
    join person who on who.id = o.person_id
    where s.kind = 'delivery' and ${which}
    order by a.name, s.on_day, s.from_time, o.id
    limit ${most}`.execute(db);
  return rows.map(({ hazards, ...row }) => ({
    ...row,
    hazards: hazardsIn(hazards),
    comes_first: row.care.needs.length > 0
  }));
}

/** What goes out and comes back, all orders together: `order id` to its lines. */
export async function linesOfRun(db: Db, orders: readonly string[], locale: string) {
  if (orders.length === 0) return [];
  return db
    .selectFrom('order_line as l')
    .innerJoin('product as p', 'p.code', 'l.product')
    .select(['l.order_id', 'l.product', 'l.quantity', 'l.empties', 'p.unit', 'p.takes_back'])
    .select(sql<string>`coalesce(p.name->>${locale}, p.name->>'en')`.as('name'))
    .where('l.order_id', 'in', orders)
    .orderBy('l.number')
    .execute();
}

/** The order in which a lorry drives: those named, one after the other. */
export async function orderRun(db: Db, staff: PersonActor, references: readonly string[]) {
  if (!isStaff(staff)) refuse('missing', 'errors.missing');
  await db.transaction().execute(async (tx) => {
    for (const [index, reference] of references.slice(0, most).entries())
      await tx
        .updateTable('customer_order')
        .set({ place_in_run: index + 1 })
        .where('reference', '=', reference)
        .where('ended_at', 'is', null)
        .execute();
  });
}
