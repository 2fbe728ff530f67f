/** The order of the queue: one definition, kept by the rule and by the database alike. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { reasonsToComeFirst } from '#lib/sla/comes-first.ts';
import { rankOf, standsBefore, type Standing } from '../queue-order.ts';
import { getRequest } from '#lib/requests/server/queries.ts';
import { listQueue } from './queue.ts';
import { readPlace } from '#lib/requests/server/timeline-queries.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const ada = await aPerson();
const [team] = await sql<{ id: string }>(
  `insert into team (code, name) values ('bills', 'Bills') returning id`
);
const agent = await aPerson('agent');
await sql('update person set team_id = $2 where id = $1', [agent.id, team?.id]);
const grace: Somebody = { ...agent, team: team?.id ?? null };

const late = new Date('2026-03-09T08:00:00Z');
const soon = new Date('2027-03-09T08:00:00Z');
const all: (Standing & { reference: string })[] = [];
for (const comes_first of [null, ...reasonsToComeFirst])
  for (const priority of [1, 2, 3, 4])
    for (const due_at of [soon, null, late])
      for (const rests_until of [null, soon]) {
        const request = await aRequest(ada);
        await sql(
          `update request set comes_first = $2, priority = $3, due_at = coalesce($4::timestamptz, 'infinity'), rests_until = $5,
                              team_id = $6 where id = $1`,
          [request.id, comes_first, priority, due_at, rests_until, team?.id]
        );
        all.push({ ...request, comes_first, priority, due_at, rests_until });
      }
const inTurn = [...all].sort((one, other) => (standsBefore(one, other) ? -1 : 1));

test('the database keeps the bands that the rule names', async () => {
  const kept = await sql<{ id: string; rank: number }>(
    'select id, rank from request order by rank, due_at, id'
  );
  expect(kept).toEqual(inTurn.map((one) => ({ id: one.id, rank: rankOf(one) })));
});

test('the desk lists a queue in that very order, page after page', async () => {
  const listed: string[] = [];
  let after = null;
  do {
    const view = { queue: 'team', search: '', after } as const;
    const page = await listQueue(database.as(grace), grace, view);
    listed.push(...page.requests.map(({ reference }) => reference));
    after = page.next;
  } while (after);
  expect(listed).toEqual(inTurn.map(({ reference }) => reference));
});

test('the place in line counts that very order', async () => {
  const db = database.as(ada);
  for (const [place, { reference, due_at }] of inTurn.entries()) {
    const before = await readPlace(db, await getRequest(db, ada, reference));
    expect(before).toBe(due_at && Math.min(place, 50));
  }
});

test('somebody vulnerable stands before the urgent, and the urgent before what is late and can wait', () => {
  const standing = { id: '1', comes_first: null, priority: 3, due_at: late, rests_until: null };
  const urgent = { ...standing, priority: 1, due_at: soon };
  const vulnerable = { ...standing, comes_first: 'vulnerable' as const, due_at: soon };
  expect(standsBefore(urgent, standing)).toBe(true);
  expect(standsBefore(vulnerable, urgent)).toBe(true);
});
