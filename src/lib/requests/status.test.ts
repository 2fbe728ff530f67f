/** The moves a request can make: our table, the database's table, and what its trigger really lets through. */
import { randomBytes } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/support/database.ts';
import { makersOn } from '../../../tests/support/makers.ts';
import { nobody, system, type Actor } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { takePlace } from '#lib/slots/server/slots.ts';
import { referenceFrom } from '#lib/platform/reference.ts';
import {
  canMove,
  daysToReopen,
  isEnded,
  isOpen,
  movesFrom,
  openStatuses,
  statuses,
  whomOf,
  type Status,
  type Whom
} from './status.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([web.close(), worker.close()]));

const ada = await aPerson();
const actors: Record<Whom, Actor> = { customer: ada, staff: await aPerson('supervisor'), system };
const whoms = ['customer', 'staff', 'system'] as const;

test('a request is open, resolved, or ended, and never two of these', () => {
  for (const status of statuses) {
    expect([isOpen(status), status === 'resolved', isEnded(status)].filter(Boolean)).toHaveLength(1);
  }
});

test('from an end nothing leads anywhere, and into every state but the first something leads', () => {
  const all = statuses.flatMap((from) => whoms.map((whom) => ({ from, to: movesFrom(from, whom) })));
  expect(all.filter(({ from, to }) => isEnded(from) && to.length > 0)).toEqual([]);
  expect(new Set(all.flatMap(({ to }) => to))).toEqual(new Set(statuses.slice(1)));
});

test('customers, staff and time itself move requests; visitors do not', () => {
  expect(whoms.map((whom) => whomOf(actors[whom]))).toEqual(whoms);
  expect(whomOf(nobody)).toBeNull();
});

test('the database knows the same open statuses, and gives the same time to open again', async () => {
  const open = await sql<{ status: string }>(
    `select status from unnest('{${statuses.join()}}'::text[]) as status where request_is_open(status)`
  );
  const within = await sql<{ days: number }>(
    'select extract(day from request_reopens_within())::int as days'
  );

  expect(open.map(({ status }) => status)).toEqual(openStatuses);
  expect(within).toEqual([{ days: daysToReopen }]);
});

test('the database holds the same table', async () => {
  const rows = await sql<{ move: string }>(
    `select from_status || ' to ' || to_status || ' by ' || by_whom as move from request_move`
  );
  const ours = statuses.flatMap((from) =>
    whoms.flatMap((whom) => movesFrom(from, whom).map((to) => `${from} to ${to} by ${whom}`))
  );
  expect(rows.map(({ move }) => move).sort()).toEqual(ours.sort());
});

test.each(statuses)('from %s the database lets a request go just where the table says', async (from) => {
  const { id } = await aRequestThatIs(from);
  for (const whom of whoms) {
    const went: Status[] = [];
    for (const to of statuses) if (to !== from && (await goes(whom, id, to))) went.push(to);
    expect([whom, went]).toEqual([whom, statuses.filter((to) => canMove(from, to, whom))]);
  }
});

test.each([
  [
    'reopens it two weeks after it was resolved, less an hour',
    'resolved',
    'open',
    resolved('335 hours'),
    true
  ],
  ['reopens it after two weeks', 'resolved', 'open', resolved('336 hours'), false],
  ['confirms it after two weeks', 'resolved', 'closed', resolved('400 hours'), true],
  ['cancels before work began', 'open', 'cancelled', 'work_began_at = null', true],
  ['cancels once work began', 'open', 'cancelled', 'work_began_at = now()', false],
  ['cancels while we wait for them', 'waiting', 'cancelled', 'work_began_at = now()', true],
  ['cancels the day before a visit', 'scheduled', 'cancelled', 'visit_on = current_date + 1', true],
  ['cancels after a visit', 'scheduled', 'cancelled', 'visit_on = current_date - 1', false]
] as const)('for the database, when a customer %s', async (_, from, to, also, may) => {
  const { id } = await aRequestThatIs(from);
  await behindTheGuard(`update request set ${also} where id = '${id}'`);
  expect([await goes('customer', id, to), await goes('staff', id, to)]).toEqual([
    may,
    canMove(from, to, 'staff')
  ]);
});

const back = new Error('only tried');

/** Tries a move past all our own code, and takes it back. */
async function goes(whom: Whom, id: string, to: Status) {
  const db = (whom === 'system' ? worker : web).as(actors[whom]);
  try {
    await db.transaction().execute(async (tx) => {
      const merged = to === 'merged' ? { merged_into: other.id } : {};
      // A customer books a visit by taking a place that is offered.
      if (whom === 'customer' && to === 'scheduled') {
        const subject = { kind: 'request' as const, id };
        await takePlace(tx, { slot: slot.id, subject });
      }
      const { numUpdatedRows } = await tx
        .updateTable('request')
        .set({ status: to, ...merged })
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      expect(numUpdatedRows).toBe(1n);
      throw back;
    });
  } catch (problem) {
    return problem === back;
  }
}

const other = await aRequest(ada);
const slot = await theSlotOfTheirVisit();

/** It has a visit too, so that nothing but the move itself stands in the way. */
async function aRequestThatIs(status: Status) {
  const [request] = await sql<{ id: string }>(
    `insert into request (reference, requester_id, service_type, service_version, description, channel, status, visit_on,
                          visit_from, visit_to, merged_into)
     select $1, requester_id, service_type, service_version, description, channel, $2, current_date + 7,
            '08:00', '12:00', case when $2 = 'merged' then id end
     from request where id = $3 returning id`,
    [referenceFrom(randomBytes(8)), status, other.id]
  );
  if (!request) throw new Error('no request was made');
  return request;
}

async function theSlotOfTheirVisit() {
  await sql(`insert into area (code, name) values ('mill', 'Millbrook')`);
  const [made] = await sql<{ id: string }>(
    `insert into slot (kind, area, skill, on_day, from_time, to_time, zone, capacity)
     values ('visit', 'mill', 'meter', current_date + 7, '08:00', '12:00', 'UTC', 5) returning id`
  );
  if (!made) throw new Error('no slot was made');
  return made;
}

function resolved(ago: string) {
  return `resolved_at = now() - interval '${ago}'`;
}

/** As no command and nobody else's hand could. */
async function behindTheGuard(change: string) {
  await sql('alter table request disable trigger request_guard');
  await sql(change);
  await sql('alter table request enable trigger request_guard');
}
