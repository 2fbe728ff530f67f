/** A delivery that never came: said once, what was ordered kept, another time offered; what left is late at the desk. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { orderSettings, ordersOn } from '../../../../tests/support/orders.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import { orderJobs } from './jobs.ts';
import { eventsOf, getOrder } from './queries.ts';
import { deliveriesLeftOver, deliveriesOfDay } from './runs.ts';
import { advance, cancelOrder, chooseSlot } from './transitions.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const { slot, order } = await ordersOn(sql);
const database = openDatabase(urls.web, 'hearth_web', { size: 4 });
const worker = openDatabase(urls.worker, 'hearth_worker', { size: 4 });
afterAll(() => Promise.all([database.close(), worker.close()]));
const [ada, grace] = [await aPerson(), await aPerson('agent')];
const [her, desk] = [database.as(ada), database.as(grace)];
const sent: Mail[] = [];
const post = { send: async (mail: Mail) => void sent.push(mail), close: () => {} };
const jobs = orderJobs(post, orderSettings);
const day = (days: number) =>
  Temporal.PlainDate.from(new Date().toISOString().slice(0, 10)).add({ days }).toString();

/** An order whose hours went by two days ago. */
async function overdue(how: 'placed' | 'packed' | 'on_the_way') {
  const reference = await order(ada.id);
  if (how !== 'placed') await advance(desk, grace, reference, 'packed');
  if (how === 'on_the_way') await advance(desk, grace, reference, 'on_the_way', { early: true });
  await sql(
    `update slot set on_day = current_date - 2 where id = (
       select slot_id from slot_place p join customer_order o on o.id = p.subject_id where o.reference = $1)`,
    [reference]
  );
  return reference;
}

test('it is said once, what was ordered stays promised, and its customer chooses another time or calls it off', async () => {
  const [placed, packed] = [await overdue('placed'), await overdue('packed')];
  const later = await slot(5, 6);
  await sql('delete from outbox');
  await Promise.all([jobs['orders.miss'](worker.as(system), {}), jobs['orders.miss'](worker.as(system), {})]);
  await jobs['orders.miss'](worker.as(system), {});

  for (const reference of [placed, packed]) {
    const found = await getOrder(her, ada, reference);
    expect(found).toMatchObject({ status: 'missed', why: 'late', slot: null });
    expect((await eventsOf(her, found.id)).filter(({ kind }) => kind === 'missed')).toMatchObject([
      { actor_role: 'system', payload: { why: 'late' } }
    ]);
  }
  expect(await sql('select sum(reserved)::int as reserved from stock')).toEqual([{ reserved: 2 }]);
  // The day on which it should have come still has it.
  const ofThatDay = () => deliveriesOfDay(desk, grace, { day: day(-2) });
  expect(await ofThatDay()).toHaveLength(2);
  // Who is on the register comes first, and nobody who was on it.
  await sql(
    `insert into priority_service (premises_id, needs, since, until)
     select distinct premises_id, '{age}'::text[], current_date - 99, current_date - 1 from customer_order`
  );
  expect((await ofThatDay()).map(({ comes_first }) => comes_first)).toEqual([false, false]);
  await sql('update priority_service set until = null');
  expect((await ofThatDay()).map(({ comes_first }) => comes_first)).toEqual([true, true]);
  const letters = await sql<{ payload: never }>(
    `select payload from outbox where job = 'orders.tell_customer' order by id`
  );
  expect(letters).toHaveLength(2);
  for (const { payload } of letters) await jobs['orders.tell_customer'](worker.as(system), payload);
  expect(sent.map(({ text }) => text)).toEqual([
    expect.stringContaining('we are sorry'),
    expect.stringContaining('we are sorry')
  ]);

  await chooseSlot(her, ada, placed, later);
  expect(await getOrder(her, ada, placed)).toMatchObject({
    status: 'placed',
    why: null,
    slot: { id: later }
  });
  await cancelOrder(her, ada, packed, 'customer');
  await jobs['orders.miss'](worker.as(system), {});
  expect(await getOrder(her, ada, placed)).toMatchObject({ status: 'placed' });
  await cancelOrder(her, ada, placed, 'customer');
});

test('what has left is not missed by a clock: the desk sees that it is late, also on the days after', async () => {
  const [gone, today] = [await overdue('on_the_way'), await order(ada.id)];
  await jobs['orders.miss'](worker.as(system), {});
  expect(await getOrder(her, ada, gone)).toMatchObject({ status: 'on_the_way' });
  expect((await deliveriesLeftOver(desk, grace, day(0))).map(({ reference }) => reference)).toEqual([gone]);
  await expect(deliveriesLeftOver(her, ada, day(0))).rejects.toMatchObject({ kind: 'missing' });
  expect(await getOrder(her, ada, today)).toMatchObject({ status: 'placed' });
});
