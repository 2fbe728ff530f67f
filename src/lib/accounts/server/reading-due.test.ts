/** Reminders of readings: to whoever may give one, once a month, and not to who has given it. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import type { Jobs } from '#lib/platform/jobs.ts';
import { accountJobs } from './jobs.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => worker.close());
const db = worker.as(system);

const sent: Mail[] = [];
const jobs = accountJobs(
  {
    send: (mail) => {
      sent.push(mail);
      return Promise.resolve();
    },
    close: () => {}
  },
  {
    origin: 'http://hearth.example',
    utilityName: 'Gas',
    utilityPhone: '1',
    timeZone: 'UTC',
    secret: 's',
    postRoom: null
  }
);

test('after an estimate who may act is reminded, once this month however often and by however many it is looked', async () => {
  const { meter, number, actor } = await aMeter();
  await Promise.all([look(), look()]);
  await look();
  const queued = await deliver();
  expect(queued).toEqual([expect.objectContaining({ meterId: meter, person: actor })]);
  for (const told of queued) await jobs['accounts.tell_reading_due'](db, told);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.text).toContain(`http://hearth.example/readings?account=${number}#${meter}`);
});

test('who gives the reading before the letter goes is not reminded, also where it is doubted', async () => {
  sent.length = 0;
  const { meter } = await aMeter();
  await look();
  await sql(
    `insert into reading (meter_id, read_on, digits, source, state, why)
     values ($1, current_date, '00900', 'customer', 'quarantined', 'lower')`,
    [meter]
  );
  expect(await deliver()).toHaveLength(1);
  expect(sent).toEqual([]);
});

const look = () => jobs['accounts.ask_for_readings'](db, {});

async function deliver() {
  const queued = await sql<{ payload: Jobs['accounts.tell_reading_due'] }>(
    `delete from outbox where job = 'accounts.tell_reading_due' returning payload`
  );
  for (const { payload } of queued) await jobs['accounts.tell_reading_due'](db, payload);
  return queued.map(({ payload }) => payload);
}

/** A meter last read six weeks ago and estimated two weeks ago; one person may act for it, another only look. */
async function aMeter() {
  const [actor, viewer] = [await aPerson(), await aPerson()];
  const number = String(10_000_000 + Math.trunc(Math.random() * 89_999_999));
  const [made] = await sql<{ id: string }>(
    `with a as (insert into account (number, holder) values ($1, 'Ada Brook') returning id),
       m as (insert into account_member (account_id, person_id, kind, scope)
             select id, $2::uuid, 'holder', 'act' from a union all select id, $3::uuid, 'authorised', 'view' from a),
       p as (insert into premises (account_id, line, town, postcode) select id, '12 Canal St', 'Elmford', '10001' from a
             returning id)
     insert into meter (premises_id, serial, digits, installed_on)
       select id, 'M-' || $1, 5, '2020-01-01' from p returning id`,
    [number, actor.id, viewer.id]
  );
  const meter = made?.id ?? '';
  await sql(
    `insert into reading (meter_id, read_on, digits, source) values
      ($1, current_date - 42, '01000', 'utility'), ($1, current_date - 12, '01100', 'estimate')`,
    [meter]
  );
  return { meter, number, actor: actor.id };
}
