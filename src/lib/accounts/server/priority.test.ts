/** Priority services: for those who may act at a place and at the desk, hidden from who only looks, kept in the history. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { changesOf } from './change-history.ts';
import { changePriority, isServedFirst, priorityPlaces } from './priority.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
afterAll(() => web.close());

const said = { needs: ['age'], wants: ['knock'], shared: true, until: '2099-01-01' } as const;
const registration = { ...said, needs: [...said.needs], wants: [...said.wants] };
const [ada, landlord, ben, grace] = [
  await aPerson(),
  await aPerson('customer', { name: 'Lou Lord' }),
  await aPerson('customer', { name: 'Ben Dale' }),
  await aPerson('agent', { name: 'Grace Hill' })
];
const [home] = await sql<{ id: string }>(
  `with a as (insert into account (number, holder) values ('40100001', 'Ada Brook') returning id),
        m as (insert into account_member (account_id, person_id, kind, scope)
              select id, $1::uuid, 'holder', 'act' from a union all select id, $2::uuid, 'landlord', 'view' from a)
   insert into premises (account_id, line, town, postcode) select id, '4 Elm Street', 'Northgate', '10001' from a
   returning id`,
  [ada.id, landlord.id]
);
const place = home?.id ?? '';

test('who lives there registers, and it counts; the consent is kept with its time', async () => {
  await changePriority(web.as(ada), ada, ada.id, place, registration);
  expect(await priorityPlaces(web.as(ada), ada.id)).toMatchObject([
    { id: place, needs: ['age'], wants: ['knock'], shared: true, until: '2099-01-01' }
  ]);
  expect(await isServedFirst(web.as(ada), place)).toBe(true);
});

test('the desk renews it, and withdrawn consent is gone', async () => {
  await changePriority(web.as(grace), grace, ada.id, place, { ...registration, shared: false });
  expect(await priorityPlaces(web.as(ada), ada.id)).toMatchObject([{ shared: false }]);
  const { changes } = await changesOf(web.as(ada), ada.id);
  expect(changes.map(({ action, by_name }) => [action, by_name])).toEqual([
    ['priority.changed', 'Grace Hill'],
    ['priority.changed', null]
  ]);
});

test('nobody else reads or changes it, not even who may look at the place', async () => {
  for (const other of [landlord, ben]) {
    expect(await web.as(other).selectFrom('priority_service').selectAll().execute()).toEqual([]);
    await expect(changePriority(web.as(other), other, other.id, place, registration)).rejects.toThrow(
      Refusal
    );
    await expect(changePriority(web.as(other), other, ada.id, place, null)).rejects.toThrow(Refusal);
    await web.as(other).deleteFrom('priority_service').execute();
  }
  expect(await isServedFirst(web.as(ada), place)).toBe(true);
});

test('what has run out counts no more, and renewed it begins anew; ended it is gone', async () => {
  await sql(`update priority_service set since = current_date - 800, until = current_date - 1`);
  expect(await isServedFirst(web.as(ada), place)).toBe(false);
  await changePriority(web.as(ada), ada, ada.id, place, registration);
  expect(await isServedFirst(web.as(ada), place)).toBe(true);
  const [row] = await sql<{ fresh: boolean }>('select since = current_date as fresh from priority_service');
  expect(row?.fresh).toBe(true);
  await changePriority(web.as(ada), ada, ada.id, place, null);
  expect(await isServedFirst(web.as(ada), place)).toBe(false);
});
