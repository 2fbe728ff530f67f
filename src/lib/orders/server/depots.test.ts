/** A utility that begins with nothing: areas, a depot, gas for tanks, and the first order of it. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { nobody } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { addArea, addPattern } from '#lib/slots/server/planning.ts';
import { destinationOf, offersFor, pricesOn } from './catalogue.ts';
import { addDepot, depotList, retireDepot, saveDepot, setSupply, suppliesOf } from './depots.ts';
import { placeOrder } from './ordering.ts';
import { setPrice } from './prices.ts';
import { addProduct } from './products.ts';
import { getOrder } from './queries.ts';
import { changeStock, expectStock, stockList } from './stock.ts';
import { timesFor } from './times.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web', { size: 4 });
afterAll(() => database.close());
const [ada, grace, sam] = [await aPerson(), await aPerson('agent'), await aPerson('supervisor')];
const [her, desk, lead] = [database.as(ada), database.as(grace), database.as(sam)];
const today = new Date().toISOString().slice(0, 10);

const [home] = await sql<{ account: string; premises: string }>(
  `with a as (insert into account (number, holder) values ('31234567', 'Ada Brook') returning id),
        p as (insert into premises (account_id, line, town, postcode) select id, '4 Mill Lane', 'Millbrook', '04210' from a returning id),
        m as (insert into account_member (account_id, person_id, kind, scope) select id, $1, 'holder', 'act' from a)
   select a.id as account, p.id as premises from a, p`,
  [ada.id]
);
const { account, premises } = home ?? { account: '', premises: '' };

test('from an empty database to the first gas for a tank, by nothing but what pages offer', async () => {
  expect(await destinationOf(her, account)).toBeNull();
  const area = await addArea(lead, sam, { name: 'Millbrook', prefixes: ['042'] });
  const depot = await addDepot(lead, sam, { name: 'North depot', areas: [area] });
  expect(await depotList(lead, sam)).toEqual([
    { code: depot, name: 'North depot', retired: false, areas: [area] }
  ]);
  const described = { name_en: 'Propane', name_es: 'Propano', about_en: '', about_es: '' };
  const bulk = { code: 'BULK', product_kind: 'bulk' as const, least: 100, most: 500, sold_from: null };
  await addProduct(lead, sam, { ...described, ...bulk }, 'UK');
  const price = { amount: 65n, deposit: 0n, from_day: today };
  await setPrice(lead, sam, 'BULK', { price, currency: 'USD', today });

  const later = { amount: 70n, deposit: 0n, from_day: '2030-01-01' };
  await setPrice(lead, sam, 'BULK', { price: later, currency: 'USD', today });
  const shown = { currency: 'USD', today, locale: 'es' as const };
  // Whoever asks: nobody has to live where it is brought, nor to be known.
  expect(await pricesOn(database.as(nobody), shown)).toMatchObject([
    { name: 'Propano', amount: 65n, next: { from: '2030-01-01', amount: 70n } }
  ]);
  expect(await pricesOn(database.as(nobody), { ...shown, today: '2030-01-01' })).toMatchObject([
    { amount: 70n, next: null }
  ]);
  expect(await pricesOn(database.as(nobody), { ...shown, currency: 'GBP' })).toEqual([]);

  await expectStock(desk, grace, { depot, product: 'BULK', day: '2030-01-01' });
  expect(await stockList(desk, 'en')).toMatchObject([{ expected_on: '2030-01-01', on_hand: 0 }]);
  await changeStock(desk, grace, {
    ...{ key: randomUUID(), depot, product: 'BULK', kind: 'received', full: 900, empty: 0, reason: '' }
  });
  await addPattern(lead, sam, area, {
    ...{ kind: 'delivery', skill: 'bulk_delivery', weekdays: [1, 2, 3, 4, 5, 6, 7], zone: 'UTC' },
    ...{ from_time: '08:00', to_time: '12:00', capacity: 4, kept_first: 0, charge: 0n }
  });

  const to = async () => (await destinationOf(her, account)) ?? { premises, depot, supply: null };
  const offered = { currency: 'USD', today, locale: 'en' as const };
  expect(await offersFor(her, await to(), offered)).toEqual([]);
  await setSupply(desk, grace, { premises, kind: 'tank' });
  expect(await suppliesOf(her, account)).toMatchObject([{ kind: 'tank' }]);
  expect(await offersFor(her, await to(), offered)).toMatchObject([
    { code: 'BULK', unit: 'litre', free: 900 }
  ]);
  const [slot] = await timesFor(her, ada, { premises, skill: 'bulk_delivery' });
  const reference = await placeOrder(her, ada, {
    ...{ key: randomUUID(), account, to: await to(), skill: 'bulk_delivery', slot: slot?.id ?? '' },
    lines: [{ product: 'BULK', quantity: 200, empties: 0 }],
    ...{ currency: 'USD', total: 13_000n, pays: 'on_delivery', access_notes: '', today, locale: 'en' }
  });
  expect(await getOrder(her, ada, reference)).toMatchObject({ status: 'placed', total: 13_000n });

  // An area with something on its way stays with its depot; a name may change, and a depot be left alone.
  await expect(saveDepot(lead, sam, depot, { name: 'North', areas: [] })).rejects.toMatchObject({
    words: 'orders.depot_in_use'
  });
  await expect(addDepot(lead, sam, { name: 'South depot', areas: [area] })).rejects.toMatchObject({
    words: 'orders.depot_in_use'
  });
  await saveDepot(lead, sam, depot, { name: 'North', areas: [area] });
  await retireDepot(lead, sam, depot, true);
  expect(await destinationOf(her, account)).toBeNull();
  await setSupply(desk, grace, { premises, kind: null });
  expect(await suppliesOf(her, account)).toMatchObject([{ kind: null }]);
});

test('agents and customers keep no depots, and customers say nothing of how gas comes to them', async () => {
  for (const [db, who] of [
    [desk, grace],
    [her, ada]
  ] as const) {
    await expect(addDepot(db, who, { name: 'Mine', areas: [] })).rejects.toMatchObject({ kind: 'missing' });
    await expect(saveDepot(db, who, 'north-depot', { name: 'Mine', areas: [] })).rejects.toMatchObject({
      kind: 'missing'
    });
    await expect(db.insertInto('depot').values({ code: 'mine', name: 'Mine' }).execute()).rejects.toThrow(
      'row-level security'
    );
  }
  await expect(setSupply(her, ada, { premises, kind: 'tank' })).rejects.toMatchObject({ kind: 'missing' });
  await expect(
    her
      .insertInto('bottled_supply')
      .values({ premises_id: premises, kind: 'tank', changed_by: ada.id })
      .execute()
  ).rejects.toThrow('row-level security');
});
