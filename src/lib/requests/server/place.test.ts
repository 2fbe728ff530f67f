/** The place in line: how many of the team's requests stand before one's own, and nothing else about them. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { mostBefore } from '../status-text.ts';
import { getRequest } from './queries.ts';
import { readPlace } from './timeline-queries.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const ada = await aPerson();
const ben = await aPerson();
const db = database.as(ada);
const [bills, meters] = await sql<{ id: string }>(
  `insert into team (code, name) values ('bills', 'Bills'), ('meters', 'Meters') returning id`
);

async function waiting(by: typeof ada, minutes: number, { team = bills?.id, status = 'submitted' } = {}) {
  const request = await aRequest(by, { status });
  await sql(`update request set team_id = $2, due_at = timestamptz '2027-03-09 08:00Z' + $3 where id = $1`, [
    request.id,
    team,
    `${minutes} minutes`
  ]);
  return request.reference;
}
const placeOf = async (reference: string) => readPlace(db, await getRequest(db, ada, reference));

test('those of the same team that are due earlier stand before it, also when they are others’', async () => {
  await waiting(ben, 10);
  await waiting(ben, 20, { status: 'open' });
  const own = await waiting(ada, 30);
  await waiting(ben, 40);
  await waiting(ben, 5, { team: meters?.id });
  await waiting(ben, 5, { status: 'closed' });
  expect(await placeOf(own)).toBe(2);
});

test('what somebody has taken, or what is not due, stands in no line', async () => {
  expect(await placeOf(await waiting(ada, 30, { status: 'open' }))).toBeNull();
  const never = await aRequest(ada);
  expect(await placeOf(never.reference)).toBeNull();
});

test('a long line is counted no further than anybody reads', async () => {
  for (let each = 0; each < mostBefore + 3; each += 1) await waiting(ben, 15);
  expect(await placeOf(await waiting(ada, 60))).toBe(mostBefore);
});
