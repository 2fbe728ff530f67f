/** What goes wrong with an order is put into somebody's hands, once: a request with a team and a promise. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { ordersOn } from '../../../../tests/support/orders.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { exceptionOf } from './exceptions.ts';
import { getOrder } from './queries.ts';
import { rateOrder } from './rating.ts';
import { advance, chooseSlot, missOrder } from './transitions.ts';
import type { MissedReason } from '../status.ts';

const urls = await freshDatabase();
await publish(urls.owner, serviceTypes);
const { aPerson, sql } = await makersOn(urls.owner);
const { home, slot, order } = await ordersOn(sql);
const database = openDatabase(urls.web, 'hearth_web', { size: 4 });
afterAll(() => database.close());
const [ada, driver] = [await aPerson(), await aPerson('agent')];
const [her, desk] = [database.as(ada), database.as(driver)];
const { account } = await home(ada.id);

async function missed(reference: string, why: MissedReason) {
  await advance(desk, driver, reference, 'packed');
  await advance(desk, driver, reference, 'on_the_way', { early: true });
  await missOrder(desk, driver, reference, why);
}
const raised = async (reference: string) => exceptionOf(her, (await getOrder(her, ada, reference)).id);
const requests = () =>
  sql<{ n: number }>(`select count(*)::int as n from request where service_type = 'GENERAL'`);

test('the second time that nobody is there is a request with a promise; the first, and the third, are none', async () => {
  const reference = await order(ada.id, account);
  await missed(reference, 'nobody_home');
  expect(await raised(reference)).toBeNull();
  for (let turn = 0; turn < 2; turn++) {
    await chooseSlot(her, ada, reference, await slot(5, 8));
    await missed(reference, 'nobody_home');
  }
  const found = await raised(reference);
  expect(found).toMatchObject({ why: 'missed_twice' });
  expect(await requests()).toEqual([{ n: 1 }]);
  const [request] = await sql(
    `select r.requester_id, r.logged_by, r.account_id, r.due_at is not null as promised, r.description
     from request r where r.reference = $1`,
    [found?.reference]
  );
  expect(request).toMatchObject({
    ...{ requester_id: ada.id, logged_by: driver.id, account_id: account, promised: true },
    description: expect.stringContaining(reference)
  });
});

test('what is not safe is one at once; and a bad word afterwards is no second', async () => {
  const reference = await order(ada.id, account);
  await missed(reference, 'unsafe');
  expect(await raised(reference)).toMatchObject({ why: 'unsafe' });
  const [before] = await requests();
  await delivered(reference);
  await rateOrder(her, ada, reference, { score: 1, words: 'The gate was left open.' });
  expect(await requests()).toEqual([before]);
});

test('a delivery that went badly is one, however often it is said; one that went well is none', async () => {
  const [bad, good] = [await order(ada.id, account), await order(ada.id, account)];
  for (const reference of [bad, good]) await delivered(reference);
  await rateOrder(her, ada, good, { score: 4, words: '' });
  expect(await raised(good)).toBeNull();
  await rateOrder(her, ada, bad, { score: 2, words: 'The lawn is ruined.' });
  await rateOrder(her, ada, bad, { score: 1, words: 'The lawn is really ruined.' });
  const found = await raised(bad);
  expect(found).toMatchObject({ why: 'rated_low' });
  expect(await sql('select description from request where reference = $1', [found?.reference])).toEqual([
    { description: expect.stringContaining('The lawn is ruined.') }
  ]);
  // Nobody who does not see the order learns of it.
  const eve = await aPerson();
  const { id } = await getOrder(her, ada, bad);
  expect(await exceptionOf(database.as(eve), id)).toBeNull();
});

/** Behind the scenes: what was brought, however it came to be. */
async function delivered(reference: string) {
  await sql('alter table customer_order disable trigger user');
  await sql(
    `update customer_order set status = 'delivered', why = null, ended_at = now() where reference = $1`,
    [reference]
  );
  await sql('alter table customer_order enable trigger user');
}
