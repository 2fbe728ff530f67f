/** A bill that somebody disputes on the telephone: what the agent notes holds the reminding, as on the customer's own page. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { climbLadder } from '#lib/programmes/server/dunning/climbing.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { freshDatabase } from '../support/database.ts';
import { homesOn } from '../support/homes.ts';
import { makersOn, type Somebody } from '../support/makers.ts';
import { signedIn, startSite } from '../support/site.ts';

const urls = await freshDatabase();
const make = await makersOn(urls.owner);
const { sql, aPerson } = make;
await publish(urls.owner, serviceTypes);
const site = await startSite(urls.web);
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => worker.close());

const grace = await signedIn({ sql }, await aPerson('agent', { secondFactor: true }));
const today = Temporal.Now.plainDateISO('UTC').toString();
const ada = await aPerson();
const [home, other] = [await anAccountOf(ada), await anAccountOf(ada)];
const bill = await anOverdueBill(home.account);

test('a call about a bill is attached to it, and reminding waits', async () => {
  const page = await fetch(`${site.url}${callOf(ada)}`, { headers: { cookie: grace } });
  expect(await page.text()).toContain(`value="bill:${bill}"`);

  expect(await call(home, `bill:${bill}`)).toBe(303);
  expect(await sql('select bill_id from request_about')).toEqual([{ bill_id: bill }]);
  await climbLadder(worker.as(system), today, 'US');
  expect(await sql('select holds from dunning where account_id = $1', [home.account])).toEqual([
    { holds: ['dispute'] }
  ]);
});

test('a bill of another account, or of somebody else, is not taken', async () => {
  const [theirs] = await Promise.all([
    anAccountOf(await aPerson()).then(({ account }) => anOverdueBill(account))
  ]);
  const before = await sql('select count(*) from request');
  expect(await call(other, `bill:${bill}`)).toBe(422);
  expect(await call(home, `bill:${theirs}`)).toBe(422);
  expect(await sql('select count(*) from request')).toEqual(before);
});

const callOf = ({ id }: Somebody, action = '') =>
  `/desk/requests/new?customer=${id}&type=BILL-HIGH${action && `&${action}`}`;

async function call({ account, premises }: typeof home, about: string) {
  const { status } = await fetch(`${site.url}${callOf(ada, '/log')}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: grace, origin: site.url, accept: 'text/html' },
    body: new URLSearchParams({
      ...{ key: randomUUID(), channel: 'phone', place: `${account}:${premises}`, about },
      ...{ plain_mistake: 'no', bill_date: today, bill_number: 'B-77', contact_by: 'email' },
      description: 'She says that nobody was at home in that month.'
    })
  });
  return status;
}

async function anAccountOf(who: Somebody) {
  const [premises = ''] = await homesOn(make)(who, ['meter']);
  const [row] = await sql<{ account: string }>('select account_id as account from premises where id = $1', [
    premises
  ]);
  return { premises, account: row?.account ?? '' };
}

async function anOverdueBill(account: string) {
  const [made] = await sql<{ id: string }>(
    `with b as (insert into bill (account_id, number, currency, issued_on, due_on, period_from, period_to, total)
       values ($1, 'B-' || upper(right($1::uuid::text, 12)), 'USD', current_date - 30, current_date - 8,
               current_date - 62, current_date - 31, 9000) returning id)
     insert into bill_line (bill_id, number, code, amount) select id, 1, 'other', 9000 from b returning bill_id as id`,
    [account]
  );
  return made?.id ?? '';
}
