/** Depots with their stock, times of delivery, and what the town has ordered: past, under way, and for today. */
import { randomUUIDv7 } from 'node:crypto';
import type pg from 'pg';
import { cylinderHours } from '#lib/catalogue/cylinder-sizes.ts';
import type { Config } from '#lib/platform/server/config.ts';
import type { OrderEventKind, OrderStatus } from '#lib/orders/status.ts';
import type { Chance } from './chance.ts';
import { productsOf } from './products.ts';
import { insertRows, withoutTriggers } from './rows.ts';
import type { Home } from './town.ts';

interface Setting {
  homes: readonly Home[];
  driver: string;
  config: Pick<Config, 'jurisdiction' | 'currency' | 'timeZone'>;
  now: Date;
}

const depot = 'north';
const windows: Record<string, readonly (readonly [string, string])[]> = {
  cylinder_delivery: cylinderHours,
  bulk_delivery: [
    ['08:00', '12:00'],
    ['12:00', '17:00']
  ]
};

export async function makeOrders(client: pg.ClientBase, setting: Setting, luck: Chance) {
  await client.query(`select set_config('app.role', 'system', true)`);
  const products = productsOf(setting.config.jurisdiction);
  if (setting.config.jurisdiction === 'IN')
    await client.query(`insert into refill_rule (kind, gap_days, per_year) values ('cylinder', 25, 15)`);
  await openDepot(client, products, setting);
  await planDeliveries(client, setting);

  const [adas, bens, ...others] = setting.homes;
  if (!adas || !bens) return;
  const households = [bens, ...others.filter((_, index) => index % 7 === 3)];
  const hasTank = products.some(({ product }) => product.kind === 'bulk');
  await insertRows(
    client,
    'bottled_supply',
    households.map(({ premises }, index) => ({
      premises_id: premises.id,
      kind: hasTank && index % 3 === 0 ? 'tank' : 'cylinder',
      since: '2023-04-01'
    }))
  );
  const day = 24 * 3_600_000;
  const [firstCylinder] = products.filter(({ product }) => product.kind === 'cylinder');
  // What was with them before we began to count.
  if (firstCylinder)
    await insertRows(
      client,
      'stock_move',
      [adas, ...households].map(({ account }, index) => ({
        ...{ id: randomUUIDv7(), depot, product: firstCylinder.product.code, kind: 'joined' },
        ...{ full_change: 0, empty_change: 0, held_change: 1 + (index % 2), account_id: account.id },
        at: new Date(setting.now.getTime() - 299 * day)
      }))
    );
  const [cylinder] = products.filter(({ product }) => product.kind === 'cylinder');
  const bulk = products.find(({ product }) => product.kind === 'bulk') ?? cylinder;
  const alarm = products.find(({ product }) => product.kind === 'alarm');
  if (!cylinder || !bulk || !alarm) return;

  const order = makerOf(client, setting);
  for (const ago of [210, 121, 34])
    await order(bens, bulk, ago * day, 'delivered', bulk === cylinder ? 1 : 250);
  await order(bens, bulk, 2 * day, 'packed', bulk === cylinder ? 1 : 300, 1);
  await order(adas, cylinder, 68 * day, 'delivered', 1);
  await order(adas, alarm, 20 * day, 'cancelled', 1);
  await order(adas, cylinder, day, 'placed', 1, 3);
  // What is brought today and in the coming days; what the hour makes of it is the affair of `today.ts`.
  const neighbours = households.slice(1);
  for (const home of neighbours.slice(0, 12))
    await order(home, cylinder, luck.whole(40, 90) * day, 'delivered', 1);
  const perDay = [12, 8, 6, 5, 4, 3];
  const days = perDay.flatMap((many, inDays) => Array.from({ length: many }, () => inDays));
  for (const [index, inDays] of days.entries()) {
    const home = neighbours[index];
    const what = index % 9 === 4 ? alarm : index % 7 === 5 ? bulk : cylinder;
    const many = what.product.kind === 'bulk' ? 200 : luck.whole(1, 2);
    if (home) await order(home, what, 2 * day, 'placed', many, inDays);
  }
  const [first, second] = neighbours.slice(days.length);
  const rare = products.find(({ stock }) => stock === 0) ?? cylinder;
  if (first) await order(first, cylinder, 3 * day, 'missed', 1);
  if (second) await order(second, rare, 4 * day, 'preordered', 1);
  await order(adas, rare, 3 * day, 'preordered', 1);
}

type Product = ReturnType<typeof productsOf>[number];

async function openDepot(client: pg.ClientBase, products: readonly Product[], { config, now }: Setting) {
  await client.query(`insert into area (code, name) values ('millbrook', 'Millbrook'), ('harrow-bend', 'Harrow Bend')
                      on conflict do nothing`);
  await client.query(`insert into area_postcode (prefix, area) values ('0421', 'millbrook'), ('0422', 'harrow-bend')
                      on conflict do nothing`);
  await client.query(`insert into depot (code, name) values ($1, 'Northgate depot')`, [depot]);
  await client.query(`insert into depot_area (area, depot) select code, $1 from area`, [depot]);
  await insertRows(
    client,
    'product',
    products.map(({ product }) => product)
  );
  await insertRows(
    client,
    'product_price',
    products.map(({ price }) => ({ ...price, currency: config.currency }))
  );
  await client.query(
    `insert into stock (depot, product, expected_on) select $1, code, current_date + 12 from product`,
    [depot]
  );
  await insertRows(
    client,
    'stock_move',
    products
      .filter(({ stock }) => stock > 0)
      // And what was sold since.
      .map(({ product, stock }) => ({
        ...{
          id: randomUUIDv7(),
          depot,
          product: product.code,
          kind: 'received',
          empty_change: 0,
          held_change: 0
        },
        ...{
          full_change: stock + (product.kind === 'bulk' ? 3000 : 40),
          at: new Date(now.getTime() - 300 * 86_400_000)
        }
      }))
  );
}

/** A pattern for every day of the week, from which the worker plans on. */
async function planDeliveries(client: pg.ClientBase, { config }: Setting) {
  const pattern = Object.entries(windows).flatMap(([skill, times]) =>
    times.map(([from_time, to_time]) => ({
      ...{ skill, from_time, to_time },
      capacity: skill === 'bulk_delivery' ? 4 : 8
    }))
  );
  await client.query(
    `insert into slot_pattern (kind, area, skill, weekday, from_time, to_time, capacity)
     select 'delivery', s.area, w.skill, weekday, w.from_time::time, w.to_time::time, w.capacity
     from depot_area s cross join generate_series(1, 7) weekday
     cross join jsonb_to_recordset($1::jsonb) as w (skill text, from_time text, to_time text, capacity integer)`,
    [JSON.stringify(pattern)]
  );
  await client.query('select plan_slots($1, 42)', [config.timeZone]);
}

/** What happened to an order until it stood so, each with how many hours after it was placed. */
const lives: Record<OrderStatus, readonly (readonly [OrderEventKind, number])[]> = {
  preordered: [['preordered', 0]],
  placed: [['placed', 0]],
  packed: [
    ['placed', 0],
    ['packed', 20]
  ],
  on_the_way: [
    ['placed', 0],
    ['packed', 20],
    ['on_the_way', 46]
  ],
  missed: [
    ['placed', 0],
    ['packed', 20],
    ['on_the_way', 46],
    ['missed', 50]
  ],
  delivered: [
    ['placed', 0],
    ['packed', 20],
    ['on_the_way', 46],
    ['delivered', 49],
    ['paid', 49]
  ],
  cancelled: [
    ['placed', 0],
    ['cancelled', 5]
  ]
};

const whys: Record<string, string> = { cancelled: 'customer', missed: 'nobody_home' };

function makerOf(client: pg.ClientBase, { config, driver, now }: Setting) {
  let made = 0;

  /** An order of so many, placed so long ago; what is under way has a slot in so many days. */
  return async (
    { account, premises, member }: Home,
    { product, price }: Product,
    ago: number,
    status: OrderStatus,
    quantity: number,
    inDays = 0
  ) => {
    const id = randomUUIDv7();
    const placed = new Date(now.getTime() - ago);
    const at = (hours: number) => new Date(Math.min(placed.getTime() + hours * 3_600_000, now.getTime()));
    const empties = product.takes_back ? quantity : 0;
    const total = quantity * price.amount;
    const steps = lives[status];
    const ended = status === 'delivered' || status === 'cancelled';
    made += 1;
    await withoutTriggers(client, ['customer_order', 'order_line', 'order_event'], async () => {
      await insertRows(client, 'customer_order', [
        {
          ...{ id, reference: `O-${(made * 7919 + 2 ** 24).toString(31).toUpperCase().padStart(8, 'Q')}` },
          ...{ person_id: member.person_id, account_id: account.id, premises_id: premises.id, depot },
          ...{ skill: product.skill, status, why: whys[status] ?? null },
          ...{ form_key: randomUUIDv7(), digest: '', currency: config.currency, total, slot_charge: 0 },
          ...{ paid: status === 'delivered' ? total : 0, paid_how: status === 'delivered' ? 'cash' : null },
          ...{ pays: 'on_delivery', placed_on: placed.toISOString().slice(0, 10), locale: 'en' },
          ...{ access_notes: made % 4 === 0 ? 'Side gate, code 1942. The dog is friendly.' : '' },
          ...{ last_number: steps.length, created_at: placed, ended_at: ended ? at(49) : null }
        }
      ]);
      await client.query(
        `insert into order_line (order_id, number, product, quantity, empties, unit_price, deposit)
         values ($1, 1, $2, $3, $4, $5, $6)`,
        [id, product.code, quantity, empties, price.amount, price.deposit]
      );
      await insertRows(
        client,
        'order_event',
        steps.map(([kind, hours], index) => ({
          ...{ order_id: id, number: index + 1, seq: index, kind, at: at(hours) },
          ...{
            actor_id: index === 0 ? member.person_id : driver,
            actor_role: index === 0 ? 'customer' : 'agent'
          },
          // Before everything that a browser may have seen.
          ...{
            xid: '3',
            payload: kind === 'paid' ? { how: 'cash' } : whys[kind] ? { why: whys[kind] } : {}
          }
        }))
      );
    });
    await client.query(
      `insert into order_code (order_id, code, used_at) values ($1, case when $2::timestamptz is null
         then lpad((${made} * 48271 % 1000000)::text, 6, '0') else '000000' end, $2)`,
      [id, status === 'delivered' ? at(49) : null]
    );
    if (!ended && status !== 'missed' && status !== 'preordered')
      await client.query(
        `insert into slot_place (slot_id, subject_kind, subject_id, state)
         select id, 'order', $1, 'taken' from slot
         where kind = 'delivery' and skill = $2 and area = area_of_postcode($3) and taken < capacity
           and on_day >= (now() at time zone $4)::date + $5::int
         order by on_day, (extract(hour from from_time)::integer + $6) % 4, from_time limit 1`,
        [id, product.skill, premises.postcode, config.timeZone, inDays, made]
      );
    if (status === 'cancelled' || status === 'preordered') return;
    await client.query(`update stock set reserved = reserved + $3 where depot = $1 and product = $2`, [
      depot,
      product.code,
      quantity
    ]);
    if (status !== 'delivered') return;
    const move = {
      depot,
      product: product.code,
      account_id: account.id,
      order_id: id,
      person_id: driver,
      at: at(49)
    };
    await insertRows(client, 'stock_move', [
      {
        ...{ ...move, id: randomUUIDv7(), kind: 'delivered', full_change: -quantity, empty_change: 0 },
        held_change: empties
      },
      ...(empties > 0
        ? [
            {
              ...{ ...move, id: randomUUIDv7(), kind: 'taken_back', full_change: 0, empty_change: empties },
              held_change: -empties
            }
          ]
        : [])
    ]);
  };
}
