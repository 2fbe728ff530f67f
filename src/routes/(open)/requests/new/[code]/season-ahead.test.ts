/** Gas for the season ahead: whoever can have it brought is led to what they want of it; words under way stay. */
import { randomUUID } from 'node:crypto';
import { isRedirect } from '@sveltejs/kit';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../../../tests/support/makers.ts';
import { ordersOn } from '../../../../../../tests/support/orders.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { seasonAhead } from './season-ahead.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const { home } = await ordersOn(sql);
const database = openDatabase(urls.web, 'hearth_web', { size: 2 });
afterAll(() => database.close());
const [ada, eve, grace] = [await aPerson(), await aPerson(), await aPerson('agent')];
const { account } = await home(ada.id);
const [row] = await sql<{ number: string }>('select number from account where id = $1', [account]);
const number = row?.number;

const seller = { timeZone: 'UTC', currency: 'USD' };

/** Where it leads, or what it offers instead. */
async function led(who: Somebody, code: string, query = '') {
  const locals = { db: database.as(who), actor: who, locale: 'en' } as unknown as App.Locals;
  const url = new URL(`http://here/requests/new/${code}${query}`);
  try {
    return (await seasonAhead({ params: { code }, url, locals }, seller)).map(({ what }) => what);
  } catch (away) {
    if (isRedirect(away)) return away.location;
    throw away;
  }
}

test('the season ahead leads to what is wanted of it, or offers what there is', async () => {
  expect(await led(ada, 'PREORDER')).toEqual(['refills']);
  for (const kind of ['subscription', 'auto_fill'])
    expect(await led(ada, 'PREORDER', `?kind=${kind}`)).toBe(`/orders/refills/new?account=${number}`);
  // While nothing is sold ahead, it is asked for.
  expect(await led(ada, 'PREORDER', '?kind=pre_buy')).toEqual(['refills']);
  await sql(
    `insert into prebuy_offer (form_key, product, currency, unit_price, sold_from, sold_until, good_until, most_each, most_total, made_by)
     values (gen_random_uuid(), 'CYL-20', 'USD', 1500, current_date - 1, current_date + 30, current_date + 90, 5, 50, $1)`,
    [grace.id]
  );
  expect(await led(ada, 'PREORDER')).toEqual(['refills', 'prebuy']);
  expect(await led(ada, 'PREORDER', '?kind=pre_buy')).toBe(`/orders/prebuy?account=${number}`);
  expect(await led(ada, 'PREORDER', `?kind=pre_buy&key=${randomUUID()}`)).toEqual([]);
  expect(await led(ada, 'PREORDER', '?kind=toString')).toEqual(['refills', 'prebuy']);
  expect(await led(ada, 'PREORDER', '?ask=person')).toEqual([]);
  for (const who of [eve, grace]) expect(await led(who, 'PREORDER')).toEqual([]);
  expect(await led(ada, 'BILL-HIGH')).toEqual([]);
});
