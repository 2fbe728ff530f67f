/** Priority services: for those who may act at a place and at the desk, hidden from who only looks, kept in the history. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import { changesOf } from './change-history.ts';
import { accountJobs } from './jobs.ts';
import { askForRenewals } from './priority-renewal.ts';
import { changePriority, isServedFirst, priorityPlaces } from './priority.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([web.close(), worker.close()]));

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

test('who acts for the place is asked before it runs out and when it has, once each; renewed, no more', async () => {
  await changePriority(web.as(ada), ada, ada.id, place, { ...registration, until: '2030-03-01' });
  // Not wanting letters about anything does not turn this off.
  await sql(
    `insert into contact_wish (person_id, muted) values ($1, '{request,bill,reading,appointment,news}')
             on conflict (person_id) do update set muted = excluded.muted`,
    [ada.id]
  );
  const sent: Mail[] = [];
  const post = { send: (mail: Mail) => Promise.resolve(void sent.push(mail)), close: () => {} };
  const head = { origin: 'https://gas.example', utilityName: 'Gas', utilityPhone: '1', timeZone: 'UTC' };
  const jobs = accountJobs(post, { ...head, secret: 's', postRoom: null });
  const on = async (today: string) => {
    await askForRenewals(worker.as(system), today);
    await askForRenewals(worker.as(system), today);
    const told = await sql<{ payload: Parameters<(typeof jobs)['accounts.tell_priority']>[1] }>(
      `delete from outbox where job = 'accounts.tell_priority' returning payload`
    );
    return told.map(({ payload }) => payload);
  };
  expect(await on('2030-01-29')).toEqual([]);
  const soon = await on('2030-01-30');
  expect(soon).toEqual([{ premises: place, person: ada.id, until: '2030-03-01', stage: 'soon' }]);
  for (const told of soon) await jobs['accounts.tell_priority'](worker.as(system), told);
  expect(sent[0]?.text).toContain(`https://gas.example/account/priority?place=${place}`);
  expect(await on('2030-02-10')).toEqual([]);
  const over = await on('2030-03-01');
  expect(over).toMatchObject([{ stage: 'over' }]);
  await changePriority(web.as(ada), ada, ada.id, place, { ...registration, until: '2031-03-01' });
  for (const told of over) await jobs['accounts.tell_priority'](worker.as(system), told);
  expect(sent).toHaveLength(1);
  expect(await on('2030-03-02')).toEqual([]);
});
