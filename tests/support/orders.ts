/** What orders are tried on: an area with its depot and slots, something that is sold, an account with a place. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';

type Sql = <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;

/** What the worker's jobs for orders are told, where the demo's provider takes the money. */
export const orderSettings = {
  ...{ origin: 'http://here', utilityName: 'Northgate Gas', emergencyPhone: '911', timeZone: 'UTC' },
  ...{ demo: true, stripeSecretKey: null, stripeWebhookSecret: null }
};

/** Makes them behind the scenes. Called again, the town is the same. */
export async function ordersOn(sql: Sql) {
  await sql(`insert into area (code, name) values ('mill', 'Millbrook') on conflict do nothing`);
  await sql(`insert into area_postcode (prefix, area) values ('042', 'mill') on conflict do nothing`);
  await sql(`insert into depot (code, name) values ('north', 'North depot') on conflict do nothing`);
  await sql(`insert into depot_area (area, depot) values ('mill', 'north') on conflict do nothing`);
  await sql(`insert into product (code, kind, name, takes_back, most)
    values ('CYL-20', 'cylinder', '{"en": "Propane, 20 lb", "es": "Propano, 20 lb"}', true, 10),
           ('ALARM', 'alarm', '{"en": "CO alarm", "es": "Alarma de CO"}', false, 10) on conflict do nothing`);
  await sql(`insert into product_price (product, from_day, currency, amount, deposit)
    values ('CYL-20', '2020-01-01', 'USD', 2199, 4000), ('ALARM', '2020-01-01', 'USD', 2900, 0) on conflict do nothing`);
  return { home, slot, receive, joined, order, plan };

  /** An account with a place where we deliver, and so many cylinders of ours. */
  async function home(person: string, scope = 'act', cylinders = 4) {
    const [row] = await sql<{ account: string; premises: string }>(
      `with a as (insert into account (number, holder) values ((30000000 + floor(random() * 9999999))::bigint::text, 'Ada Brook') returning id),
            p as (insert into premises (account_id, line, town, postcode) select id, '4 Mill Lane', 'Millbrook', '04210' from a returning id),
            m as (insert into account_member (account_id, person_id, kind, scope) select id, $1, 'holder', $2 from a)
       select a.id as account, p.id as premises from a, p`,
      [person, scope]
    );
    if (!row) throw new Error('no home');
    if (cylinders > 0) await joined(row.account, cylinders);
    return { ...row, to: { premises: row.premises, depot: 'north' } };
  }

  /** A slot in so many days. */
  async function slot(capacity = 50, days = 7) {
    const [row] = await sql<{ id: string }>(
      `insert into slot (kind, area, skill, on_day, from_time, to_time, zone, capacity)
       select 'delivery', 'mill', 'cylinder_delivery', current_date + $2::int,
              time '00:00' + make_interval(mins => count(*)::int), time '23:59', 'America/New_York', $1
       from slot returning id`,
      [capacity, days]
    );
    return row?.id ?? '';
  }

  async function receive(product: string, full: number) {
    await sql(
      `insert into stock_move (depot, product, kind, full_change) values ('north', $1, 'received', $2)`,
      [product, full]
    );
  }

  /** So many cylinders of ours that are with an account. */
  async function joined(account: string, held = 1) {
    await sql(
      `insert into stock_move (depot, product, kind, held_change, account_id) values ('north', 'CYL-20', 'joined', $2, $1)`,
      [account, held]
    );
  }

  /** An order that was placed, as its rows are; of somebody's account, or of one of their own. */
  async function order(person: string, account?: string) {
    const place = account ? await placeOf(account) : await home(person);
    const reference = `O-${randomUUID().slice(0, 8).toUpperCase()}`;
    await receive('CYL-20', 1);
    await sql('begin');
    const [made] = await sql<{ id: string }>(
      `insert into customer_order (reference, person_id, account_id, premises_id, depot, skill, status, form_key, digest,
                                   currency, pays, placed_on)
       values ($1, $2, $3, $4, 'north', 'cylinder_delivery', 'placed', gen_random_uuid(), '', 'USD', 'on_delivery',
               current_date) returning id`,
      [reference, person, place.account, place.premises]
    );
    await sql(
      `insert into slot_place (slot_id, subject_kind, subject_id, state) values ($1, 'order', $2, 'taken')`,
      [await slot(), made?.id]
    );
    await sql(
      `insert into order_line (order_id, number, product, quantity, empties) values ($1, 1, 'CYL-20', 1, 1)`,
      [made?.id]
    );
    await sql('commit');
    return reference;
  }

  /** Refills that come by themselves, of somebody's account or one of their own, first in so many days. */
  async function plan(person: string, account?: string, { days = 28, weeks = 4, cylinders = 4 } = {}) {
    const place = account ? await placeOf(account) : await home(person, 'act', cylinders);
    const [made] = await sql<{ id: string }>(
      `insert into refill_plan (account_id, premises_id, person_id, product, quantity, weeks, next_on, form_key)
       values ($1, $2, $3, 'CYL-20', 1, $4, current_date + $5::int, gen_random_uuid()) returning id`,
      [place.account, place.premises, person, weeks, days]
    );
    return made?.id ?? '';
  }

  async function placeOf(account: string) {
    const [row] = await sql<{ premises: string }>(
      `insert into premises (account_id, line, town, postcode) values ($1, '4 Mill Lane', 'Millbrook', '04210')
       returning id as premises`,
      [account]
    );
    return { account, premises: row?.premises ?? '' };
  }
}
