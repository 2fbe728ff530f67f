/** What customers can do themselves: the door of a request leads there, and whoever wants a person still gets the form. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { freshDatabase } from '../support/database.ts';
import { homesOn } from '../support/homes.ts';
import { makersOn, type Somebody } from '../support/makers.ts';
import { ordersOn } from '../support/orders.ts';
import { signedIn, startSite } from '../support/site.ts';

const urls = await freshDatabase();
const make = await makersOn(urls.owner);
const { sql, aPerson, aMember } = make;
const aHome = homesOn(make);
await publish(urls.owner, serviceTypes);
const site = await startSite(urls.web);

const ada = await aPerson();
await aHome(ada, ['meter']);
const [account] = await sql<{ id: string; number: string }>(
  'select a.id, a.number from account a join account_member m on m.account_id = a.id where m.person_id = $1',
  [ada.id]
);
const bottles = await aPerson();
await aHome(bottles, ['cylinder']);
const viewer = await aPerson();
await aMember(account?.id ?? '', viewer);

const programmes = ['PAY-ARR', 'PAY-EXT', 'BUDGET', 'AUTOPAY', 'PAPERLESS'];

test('a reading is given at the meter, by whoever may and has one; all others write', async () => {
  const [theirs] = await sql<{ number: string }>('select number from account where id = $1', [account?.id]);
  expect(await leadsTo('METER-READ', ada)).toBe(`/readings?account=${theirs?.number}`);
  for (const other of [bottles, viewer, null]) expect(await leadsTo('METER-READ', other)).toBe('the form');
});

test('a cylinder, also a second one, is ordered where it can be brought', async () => {
  const { home } = await ordersOn(sql);
  const brought = await aPerson();
  const { account: theirs } = await home(brought.id);
  const [row] = await sql<{ number: string }>('select number from account where id = $1', [theirs]);
  for (const code of ['LPG-REFILL', 'LPG-2ND']) {
    expect(await leadsTo(code, brought)).toBe(`/orders/new?account=${row?.number}`);
    expect(await leadsTo(`${code}?key=${randomUUID()}`, brought)).toBe('the form');
    expect(await leadsTo(code, viewer)).toBe('the form');
  }
});

test('where the rule would agree at once the form leads there, and where it would not, a person is asked', async () => {
  expect(await Promise.all(programmes.map((code) => leadsTo(code, ada)))).toEqual([
    ...['the form', 'the form', 'the form'],
    `/bills/programmes/autopay?account=${account?.number}`,
    `/bills/programmes/paperless?account=${account?.number}`
  ]);
  await aBill(120_00);
  expect(await leadsTo('PAY-ARR', ada)).toBe(`/bills/programmes/arrangement?account=${account?.number}`);
  expect(await leadsTo('PAY-EXT', ada)).toBe(`/bills/programmes/extension?account=${account?.number}`);
  for (const code of programmes) expect(await leadsTo(code, viewer)).toBe('the form');
});

test('words under way, a wish for a person and a form that was refused stay with the form', async () => {
  for (const code of ['METER-READ', ...programmes]) {
    for (const asked of [`key=${randomUUID()}`, 'ask=person'])
      expect(await leadsTo(`${code}?${asked}`, ada)).toBe('the form');
    const refused = await fetch(`${site.url}/requests/new/${code}?/review`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: site.url, accept: 'text/html', cookie: await signedIn({ sql }, ada) },
      body: new URLSearchParams({ key: randomUUID() })
    });
    expect(refused.status).toBe(422);
  }
});

test('from "ask one of us" nobody is led back to where they come from', async () => {
  await aBill(900_000_00);
  const cookie = await signedIn({ sql }, ada);
  const page = await fetch(`${site.url}/bills/programmes/arrangement?account=${account?.number}`, {
    headers: { cookie }
  });
  const [, ask = ''] = /href="(\/requests\/new\/PAY-ARR[^"]*)"/.exec(await page.text()) ?? [];
  expect(await leadsTo(ask.replace('/requests/new/', '').replaceAll('&amp;', '&'), ada)).toBe('the form');
});

async function leadsTo(code: string, who: Somebody | null) {
  const cookie = who ? await signedIn({ sql }, who) : '';
  const answer = await fetch(`${site.url}/requests/new/${code}`, { redirect: 'manual', headers: { cookie } });
  return answer.headers.get('location') ?? (answer.status === 200 ? 'the form' : answer.status);
}

const aBill = (total: number) =>
  sql(
    `with b as (insert into bill (account_id, number, currency, issued_on, due_on, period_from, period_to, total)
       values ($1, $2, 'USD', current_date - 5, current_date + 15, current_date - 40, current_date - 6, $3) returning id)
     insert into bill_line (bill_id, number, code, amount) select id, 1, 'other', $3 from b`,
    [account?.id, `B-${total}`, total]
  );
