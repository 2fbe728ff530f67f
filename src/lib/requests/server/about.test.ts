/** A bill that somebody asks about: seen on both sides, disputed for as long as the request is open, and never a stranger's. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { isDisputing } from '../about.ts';
import { statuses } from '../status.ts';
import { aboutOf, disputesOf, type Attached } from './about.ts';
import { idOfReference } from './queries.ts';
import { submitRequest } from './submit.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, aServiceType, sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
afterAll(() => web.close());

const found = serviceTypes.find(({ code }) => code === 'BILL-HIGH');
if (!found) throw new Error('a bill can be asked about');
const type = found;
await aServiceType('BILL-HIGH', type);
await sql(
  `insert into service_type_version (code, version, definition) values ('BILL-HIGH', $1, $2) on conflict do nothing`,
  [type.version, type]
);

test('the bill comes along with the request, and is seen by the customer and at the desk, by nobody else', async () => {
  const { ada, account, bill, number } = await somebodyBilled();
  const agent = await aPerson('agent');
  const reference = await ask(ada, account, { bill_id: bill });
  const about = { kind: 'bill', number, total: 7000n, currency: 'USD', due_on: '2026-02-22' };
  expect(await aboutOf(web.as(ada), idOfReference(reference))).toEqual(about);
  expect(await aboutOf(web.as(agent), idOfReference(reference))).toEqual(about);
  expect(await aboutOf(web.as(await aPerson()), idOfReference(reference))).toBeNull();
  expect(await disputesOf(web.as(ada), bill)).toEqual([reference]);
  expect(await disputed(bill)).toBe(true);
});

test('sent twice it is attached once', async () => {
  const { ada, account, bill } = await somebodyBilled();
  const key = randomUUID();
  const both = await Promise.all([1, 2].map(() => ask(ada, account, { bill_id: bill }, key)));
  expect(both[0]).toBe(both[1]);
  expect(await disputesOf(web.as(ada), bill)).toHaveLength(1);
});

test('a bill of another account, or of a stranger, is attached to nothing', async () => {
  const { ada, account } = await somebodyBilled();
  const other = await somebodyBilled();
  await expect(ask(ada, account, { bill_id: other.bill })).rejects.toThrow('row-level security');
  const both = await somebodyBilled(ada);
  await expect(ask(ada, account, { bill_id: both.bill })).rejects.toThrow('row-level security');
  expect(await disputed(other.bill)).toBe(false);
});

test('a bill is disputed while a request about it is open: in the database as by the rule, also once it is merged', async () => {
  for (const status of statuses.filter((one) => one !== 'merged')) {
    const { ada, bill } = await somebodyBilled();
    const { id } = await aRequest(ada, { status });
    await sql('insert into request_about (request_id, bill_id) values ($1, $2)', [id, bill]);
    expect(await disputed(bill), status).toBe(isDisputing(status));
  }
  const { ada, bill } = await somebodyBilled();
  const [merged, survivor] = [
    await aRequest(ada, { status: 'open' }),
    await aRequest(ada, { status: 'open' })
  ];
  await sql('insert into request_about (request_id, bill_id) values ($1, $2)', [merged.id, bill]);
  await sql('alter table request disable trigger user');
  await sql(`update request set status = 'merged', merged_into = $2 where id = $1`, [merged.id, survivor.id]);
  expect(await disputed(bill)).toBe(true);
  await sql(`update request set status = 'resolved', resolved_at = now() where id = $1`, [survivor.id]);
  expect(await disputed(bill)).toBe(false);
  await sql('alter table request enable trigger user');
});

test('a reading is asked about in the same way', async () => {
  const { ada, account } = await somebodyBilled();
  const [reading] = await sql<{ id: string }>(
    `with p as (insert into premises (account_id, line, town, postcode) values ($1, '12 Canal St', 'Elmford', '10001') returning id),
       m as (insert into meter (premises_id, serial, digits, installed_on) select id, 'M-' || $1, 5, '2020-01-01' from p returning id)
     insert into reading (meter_id, read_on, digits, source) select id, '2026-01-31', '01234', 'utility' from m returning id`,
    [account]
  );
  const reference = await ask(ada, account, { reading_id: reading?.id ?? '' });
  expect(await aboutOf(web.as(ada), idOfReference(reference))).toEqual({
    kind: 'reading',
    id: expect.any(String),
    digits: '01234',
    read_on: '2026-01-31',
    serial: `M-${account}`
  });
});

async function somebodyBilled(who?: Somebody) {
  const ada = who ?? (await aPerson());
  const number = String(10_000_000 + Math.trunc(Math.random() * 89_999_999));
  const [made] = await sql<{ id: string; bill: string }>(
    `with a as (insert into account (number, holder) values ($1, 'Ada Brook') returning id),
       m as (insert into account_member (account_id, person_id, kind, scope) select id, $2, 'holder', 'act' from a),
       b as (insert into bill (account_id, number, currency, issued_on, due_on, period_from, period_to, total)
             select id, 'B-' || $1, 'USD', '2026-02-01', '2026-02-22', '2026-01-01', '2026-01-31', 7000 from a returning id),
       l as (insert into bill_line (bill_id, number, code, amount) select id, 1, 'other', 7000 from b)
     select a.id, b.id as bill from a, b`,
    [number, ada.id]
  );
  return { ada, account: made?.id ?? '', bill: made?.bill ?? '', number: `B-${number}` };
}

const ask = async (who: PersonActor, account: string, attached: Attached, key: string = randomUUID()) =>
  (
    await submitRequest(web.as(who), who, {
      ...{ key, type, team: null, answers: {}, contact: {}, description: 'It is too high.', account },
      ...{ premises: null, attachments: [], channel: 'web', locale: 'en', attached, now: new Date() }
    })
  ).reference;

const disputed = async (bill: string) =>
  (await sql<{ is: boolean }>('select bill_disputed($1) as is', [bill]))[0]?.is;
