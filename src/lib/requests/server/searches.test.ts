/** Searches as people type them, in `cases.txt`: each finds what it says, wherever there is something to be searched. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linesOf, textsOf } from '../../../../tests/support/cases.ts';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { findAccounts, saidIn } from '#lib/accounts/server/account-search.ts';
import { findCustomers } from '#lib/accounts/server/customers.ts';
import { listStaff } from '#lib/people/server/staff.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { listRequests } from './customer-list.ts';
import { requestHistory } from './history.ts';
import { listQueue } from '#lib/desk/server/queue.ts';
import { saidHistory } from './said-history.ts';
import { gatherWords } from './words.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([web.close(), worker.close()]));

const reference = 'L6PL-ZVGK';
const lines = linesOf('searches');
const pairs = lines.filter(([line]) => !line.includes(reference)).flatMap(([line]) => pairsIn(line));
const spellings = lines.filter(([line]) => line.includes(reference)).flatMap(([, texts]) => texts);

const sam = await aPerson('supervisor');
const ruth = await aPerson('admin');
const ada = await aPerson('customer', { name: 'Ada Quillfeather' });
/** Which request says it, and whose request it is that is called so. */
const said = new Map<string, string>();
const called = new Map<string, string>();
/** The account that is held by somebody who is called so. */
const held = new Map<string, string>();
let number = 70_000_000;

beforeAll(async () => {
  for (const [, right] of pairs) {
    said.set(right, (await about(ada, right)).reference);
    const somebody = await aPerson('customer', { name: right });
    called.set(right, (await about(somebody, 'About my bill')).reference);
    await aPerson('agent', { name: right });
    number += 1;
    await sql(`insert into account (number, holder) values ($1, $2)`, [String(number), right]);
    held.set(right, String(number));
  }
  await sql(
    `insert into account (number, holder) values ('70999999', 'Green Meadows Property Management Ltd')`
  );
  const [talk] = await sql<{ id: string }>(`select id from request where requester_id = $1 limit 1`, [
    ada.id
  ]);
  await sql(
    `insert into message (request_id, author_role, visibility, text)
     select $1, 'agent', 'public', 'We said: ' || said from unnest($2::text[]) as said`,
    [talk?.id, pairs.map(([, right]) => right)]
  );
  await sql(
    `with r as (insert into request (reference, requester_id, service_type, service_version, description, channel, status)
                select $1, requester_id, service_type, service_version, 'About the boiler', 'web', 'open'
                from request where requester_id = $2 limit 1 returning id, reference)
     insert into request_reference (reference, request_id) select reference, id from r`,
    [reference, ada.id]
  );
  await gatherWords(worker.as(system));
});

test('the file has them all', () => {
  expect(pairs.length).toBeGreaterThanOrEqual(7);
  expect(spellings).toHaveLength(4);
});

test.each(pairs)('%s finds %s, in words, in a name and in the own list', async (typed, right) => {
  expect([await atDesk(typed), typed]).toEqual([
    expect.arrayContaining([said.get(right), called.get(right)]),
    typed
  ]);
  expect(await inOwnList(typed)).toContain(said.get(right));
});

test.each([reference, ...spellings])(
  '%s finds the request of that reference, and no other',
  async (typed) => {
    expect(await atDesk(typed)).toEqual([reference]);
    expect(await inOwnList(typed)).toEqual([reference]);
  }
);

test.each(pairs)('%s finds %s among customers, accounts, staff and in the history', async (typed, right) => {
  const customers = await findCustomers(web.as(sam), typed);
  expect(customers.map(({ name }) => name)).toContain(right);
  const accounts = await findAccounts(web.as(sam), saidIn(typed), 20);
  expect(accounts.map((account) => account.number)).toContain(held.get(right));
  const { staff } = await listStaff(web.as(ruth), ruth, { search: typed, show: 'active', page: 1 });
  expect(staff.map(({ name }) => name)).toContain(right);
  expect(await inHistory(requestHistory, typed)).toContain(`/requests/${said.get(right)}`);
  expect((await inHistory(saidHistory, typed)).length).toBeGreaterThan(0);
});

test.each(spellings)('%s finds the request of that reference in the history', async (typed) => {
  expect(await inHistory(requestHistory, typed)).toEqual([`/requests/${reference}`]);
});

test.each([
  ['meadows', 'Green Meadows Property Management Ltd'],
  ['property meadows', 'Green Meadows Property Management Ltd'],
  ['medows', 'Green Meadows Property Management Ltd']
])('%s finds the account of %s first, and no other', async (typed, holder) => {
  const accounts = await findAccounts(web.as(sam), saidIn(typed));
  expect(accounts.map((account) => account.holder)).toEqual([holder]);
});

test('a word that stands nowhere finds nothing, whatever else is right', async () => {
  for (const typed of ['Samuel zzzz', '%', 'a_a', '...']) {
    expect(await findAccounts(web.as(sam), saidIn(typed))).toEqual([]);
    expect(await inHistory(saidHistory, typed)).toEqual([]);
    const { staff } = await listStaff(web.as(ruth), ruth, { search: typed, show: 'active', page: 1 });
    expect(staff).toEqual([]);
  }
});

/** `"a" finds "b"`, and what hangs on it: another way to type it, and that it works from both sides. */
function pairsIn(line: string) {
  let right = '';
  return line.split(';').flatMap((claim): [string, string][] => {
    const [typed = '', found = right] = textsOf(claim);
    right = found;
    return claim.includes('the other way round')
      ? [
          [typed, found],
          [found, typed]
        ]
      : [[typed, found]];
  });
}

async function about(who: Somebody, text: string) {
  const made = await aRequest(who, { status: 'open' });
  await sql('update request set description = $2 where id = $1', [made.id, text]);
  return made;
}

async function atDesk(search: string) {
  const { requests } = await listQueue(web.as(sam), sam, { queue: 'all', search, after: null });
  return requests.map((each) => each.reference);
}

async function inHistory(source: typeof requestHistory, search: string) {
  const lines = await source(web.as(ada), ada, { before: null, most: 50, search }, wordsFor('en'));
  return lines.map(({ href }) => href);
}

async function inOwnList(search: string) {
  const { requests } = await listRequests(web.as(ada), { show: 'all', search, page: 1 });
  return requests.map((each) => each.reference);
}
