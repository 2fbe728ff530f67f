/** What supervisors add is added once, whatever is clicked twice: what there is only one of is known again by its name. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { addExtra } from '#lib/slots/server/one-day.ts';
import { addArea } from '#lib/slots/server/planning.ts';
import { addDepot } from './depots.ts';
import { addProduct } from './products.ts';

const urls = await freshDatabase();
const { aPerson } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web', { size: 4 });
afterAll(() => database.close());
const sam = await aPerson('supervisor');
const lead = database.as(sam);

test('what is added by two clicks is there once, and other content under its name is refused', async () => {
  const twice = async (add: () => Promise<unknown>) => {
    const [first, second] = await Promise.all([add(), add()]);
    expect(second).toEqual(first);
  };
  const area = { name: 'Lakeside', prefixes: ['051', '052'] };
  await twice(() => addArea(lead, sam, area));
  await expect(addArea(lead, sam, { ...area, prefixes: ['053'] })).rejects.toMatchObject({
    words: 'slots.area_there'
  });

  const depot = { name: 'Lakeside yard', areas: ['lakeside'] };
  await twice(() => addDepot(lead, sam, depot));
  await expect(addDepot(lead, sam, { ...depot, areas: [] })).rejects.toMatchObject({
    words: 'orders.depot_there'
  });

  const hose = {
    ...{ code: 'HOSE', product_kind: 'appliance' as const, least: 1, most: 5, sold_from: '2030-01-01' },
    ...{ name_en: 'Hose', name_es: 'Manguera', about_en: '', about_es: '' }
  };
  await twice(() => addProduct(lead, sam, hose, 'UK'));
  await expect(addProduct(lead, sam, { ...hose, most: 6 }, 'UK')).rejects.toMatchObject({
    words: 'orders.code_taken'
  });

  const window = {
    ...{
      kind: 'delivery' as const,
      skill: 'cylinder_delivery' as const,
      kept_first: 0,
      capacity: 4,
      charge: 0n
    },
    ...{
      area: 'lakeside',
      zone: 'America/New_York',
      on_day: '2030-01-02',
      from_time: '08:00',
      to_time: '12:00'
    }
  };
  const id = randomUUID();
  await twice(() => addExtra(lead, sam, { ...window, id }));
  await expect(addExtra(lead, sam, { ...window, id, capacity: 5 })).rejects.toMatchObject({
    words: 'errors.form_used'
  });
  await expect(addExtra(lead, sam, window)).rejects.toMatchObject({
    words: 'slots.window_there'
  });
});
