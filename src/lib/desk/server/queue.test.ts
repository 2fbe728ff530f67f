/** The queues: in their order, page after page without a gap, and by the index however long they are. */
import { sql as explain } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { mostCounted, readView, type Queue } from '../queue.ts';
import { countQueues, listQueue, queuePage, queuePageSize } from './queue.ts';

const urls = await freshDatabase();
const { aPerson, aServiceType, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const ada = await aPerson();
const [team] = await sql<{ id: string }>(
  `insert into team (code, name) values ('bills', 'Bills') returning id`
);
const agent = await aPerson('agent');
await sql('update person set team_id = $2 where id = $1', [agent.id, team?.id]);
const grace: Somebody = { ...agent, team: team?.id ?? null };
const db = database.as(grace);
const type = await aServiceType();

// 100,000 requests: five in a hundred open, some due in the same microsecond, some not due at all.
await sql(
  `insert into request (reference, requester_id, service_type, service_version, description, channel, status,
                        team_id, agent_id, due_at, priority)
   select '2222-' || substr(signs, n / 32768 % 32 + 1, 1) || substr(signs, n / 1024 % 32 + 1, 1)
                  || substr(signs, n / 32 % 32 + 1, 1) || substr(signs, n % 32 + 1, 1),
          $1, $2, 1, 'Number ' || n, 'web', case when n % 20 = 0 then 'open' else 'closed' end, $3,
          case when n % 200 = 0 then $4::uuid end,
          case when n % 20 <> 0 or n % 300 = 0 then 'infinity'
               else timestamptz '2027-03-09 08:00Z' + (n % 977) * interval '1 microsecond' end,
          n / 7 % 4 + 1
   from generate_series(1, 100000) n, (values ('23456789ABCDEFGHJKLMNPQRSTUVWXYZ')) as alphabet (signs)`,
  [ada.id, type, grace.team, grace.id]
);
await sql('analyze request');

test('pages of a queue follow each other without a gap or a repetition, in the order of the queue', async () => {
  const walked: string[] = [];
  let query = 'queue=mine';
  for (;;) {
    const { requests, next } = await listQueue(db, grace, readView(new URLSearchParams(query), 'mine'));
    walked.push(...requests.map(({ reference }) => reference));
    if (!next) break;
    expect(requests).toHaveLength(queuePageSize);
    query = new URLSearchParams({ queue: 'mine', after: `${next.rank}~${next.due}~${next.id}` }).toString();
  }

  const right = await sql<{ reference: string }>(
    `select reference from request where agent_id = $1 and status = 'open' order by rank, due_at, id`,
    [grace.id]
  );
  expect(walked).toEqual(right.map(({ reference }) => reference));
  expect(walked.length).toBeGreaterThan(2 * queuePageSize);
});

test('queues are counted no further than anybody reads', async () => {
  const counts = await countQueues(db, grace);
  expect(counts).toMatchObject({ all: mostCounted, team: mostCounted, mine: mostCounted, waiting: 0 });
});

test.each<Queue>(['mine', 'team', 'all', 'unassigned', 'waiting', 'overdue'])(
  'a page of “%s” is read along an index, never from all rows',
  async (queue) => {
    const plan = await planOf(queue);
    expect(plan).toMatch(/Index (Only )?Scan using request_queue/);
    expect(plan).not.toMatch(/Seq Scan on request\b/);
  }
);

/** How the database would read a page for this actor, row-level security included. */
async function planOf(queue: Queue) {
  const page = queuePage(grace, { queue, search: '', after: null });
  const { rows } = await explain<{ 'QUERY PLAN': string }>`explain ${page}`.execute(db);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}
