/** Searches as people type them, in `cases.txt`: each finds what it says, at the desk and in the customer's own list. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linesOf, textsOf } from '../../../../tests/support/cases.ts';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn, type Somebody } from '../../../../tests/support/makers.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { listRequests } from './customer-list.ts';
import { listQueue } from './queue.ts';
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
const ada = await aPerson('customer', { name: 'Ada Quillfeather' });
/** Which request says it, and whose request it is that is called so. */
const said = new Map<string, string>();
const called = new Map<string, string>();

beforeAll(async () => {
  for (const [, right] of pairs) {
    said.set(right, (await about(ada, right)).reference);
    called.set(right, (await about(await aPerson('customer', { name: right }), 'About my bill')).reference);
  }
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

async function inOwnList(search: string) {
  const { requests } = await listRequests(web.as(ada), ada, { show: 'all', search, page: 1 });
  return requests.map((each) => each.reference);
}
