/** What other teams have of a customer: said to an agent, without more than that it is there and with whom. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { requestsElsewhere, requestsOf } from './request.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const teams = await sql<{ id: string }>(
  `insert into team (code, name) values ('bills', 'Bills'), ('meters', 'Meters') returning id`
);
const [bills, meters] = teams.map(({ id }) => id);
const ada = await aPerson();
const agent = await aPerson('agent');
const grace: Somebody = { ...agent, team: bills ?? null };
const elsewhere = (who: Somebody, besides: string | null = null) =>
  requestsElsewhere(database.as(who), ada.id, besides);

test('an agent learns how many requests of the customer are with which team, and only that', async () => {
  const [mine, theirs, more] = [await aRequest(ada), await aRequest(ada), await aRequest(ada)];
  await sql('update request set team_id = $2 where id = $1', [mine.id, bills]);
  await sql('update request set team_id = $2 where id = any ($1)', [[theirs.id, more.id], meters]);
  await sql('update person set team_id = $2 where id = $1', [grace.id, bills]);

  expect(await requestsOf(database.as(grace), ada.id, { most: 6 })).toHaveLength(1);
  expect(await elsewhere(grace)).toEqual([
    { team: 'Meters', references: [more.reference, theirs.reference] }
  ]);
  expect(await elsewhere(grace, more.id)).toEqual([{ team: 'Meters', references: [theirs.reference] }]);
});

test('whoever sees all of it, and whoever is no staff, is told nothing of the kind', async () => {
  expect(await elsewhere(await aPerson('supervisor'))).toEqual([]);
  expect(await elsewhere(ada)).toEqual([]);
  expect(await elsewhere(await aPerson())).toEqual([]);
});
