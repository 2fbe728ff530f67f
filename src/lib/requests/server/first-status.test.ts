/** How a request begins, past all our own code: what the database lets the pages write, and what it does not. */
import { randomBytes } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { referenceFrom } from '#lib/platform/reference.ts';
import { statuses } from '../status.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, aServiceType, sql } = await makersOn(urls.owner);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());

const [ada, ben, grace, sam] = [
  await aPerson(),
  await aPerson(),
  await aPerson('agent'),
  await aPerson('supervisor')
];
const code = await aServiceType('LEAK-CHECK', { priority: 2 });
const another = await aRequest(ada);
const long = new Date('2026-01-05T12:00:00Z');

test('it begins as submitted, in nobody’s hands, with the priority of the catalogue', async () => {
  await begins(ada, {});
  await begins(grace, { requester_id: ada.id, logged_by: grace.id });
  await begins(sam, { requester_id: null, logged_by: sam.id, priority: 1 });
});

test.each(statuses.filter((status) => status !== 'submitted'))('nobody begins one as %s', async (status) => {
  const also = { status, visit_on: '2030-01-01', merged_into: status === 'merged' ? another.id : null };
  await refused(ada, also);
  await refused(sam, { logged_by: sam.id, ...also });
});

test.each([
  ['agent_id', grace.id],
  ['first_response_at', long],
  ['resolved_at', long],
  ['closed_at', long],
  ['work_began_at', long],
  ['submitted_at', long],
  ['visit_on', '2030-01-01'],
  ['visit_from', '08:00'],
  ['last_number', 7]
])('nobody begins one with a %s of their own', async (column, value) => {
  await refused(ada, { [column]: value });
  await refused(grace, { logged_by: grace.id, [column]: value });
});

test('a customer chooses neither the priority nor whose it is; staff say who wrote it down', async () => {
  await refused(ada, { priority: 1 });
  await refused(ada, { requester_id: ben.id });
  await refused(ada, { logged_by: grace.id });
  await refused(grace, { requester_id: ada.id });
  await refused(grace, { requester_id: ada.id, logged_by: sam.id });
});

test('a customer’s answers raise it as far as its definition says, and no other’s', async () => {
  await refused(ada, { comes_first: 'vulnerable' });
  const raised = await aServiceType('NO-GAS', {
    ...{ priority: 3, raises: [{ when: { vulnerable: 'yes' }, first: 'vulnerable', priority: 2 }] }
  });
  const noGas = { service_type: raised, service_version: 1 };
  await begins(ada, { ...noGas, priority: 3 });
  await begins(ada, { ...noGas, priority: 2, comes_first: 'vulnerable' });
  await refused(ada, { ...noGas, priority: 1 });
  await refused(ada, { ...noGas, priority: 4 });
});

type Also = Record<string, unknown>;

const insert = (by: Somebody, also: Also) =>
  database
    .as(by)
    .transaction()
    .execute((tx) =>
      tx
        .insertInto('request')
        .values({
          reference: referenceFrom(randomBytes(8)),
          requester_id: by.role === 'customer' ? by.id : null,
          service_type: code,
          service_version: 1,
          description: 'There is a hiss.',
          channel: 'web',
          priority: 2,
          last_number: 1,
          ...also
        })
        .execute()
    );

async function begins(by: Somebody, also: Also) {
  const before = await count();
  await insert(by, also);
  expect(await count()).toBe(before + 1);
}

async function refused(by: Somebody, also: Also) {
  await expect(insert(by, also), JSON.stringify(also)).rejects.toThrow(/row-level security/);
}

const count = async () => Number((await sql('select count(*) as all from request'))[0]?.['all']);
