/** What the desk sees of safety: that nobody answers for the words yet, and whom somebody's call for help leads to. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { wordsOf } from '#lib/emergencies/server/approving.ts';
import type { Role } from '#lib/platform/actor.ts';
import { freshDatabase } from '../support/database.ts';
import { makersOn } from '../support/makers.ts';
import { signedIn, startSite } from '../support/site.ts';

const urls = await freshDatabase();
const { sql, aPerson, aMember } = await makersOn(urls.owner);
await publish(urls.owner, serviceTypes);
const site = await startSite(urls.web);
const admin = await aPerson('admin', { secondFactor: true });
const cookies = {
  agent: await cookieOf('agent'),
  supervisor: await cookieOf('supervisor'),
  admin: await signedIn({ sql }, admin)
};

const desks = ['/desk', '/desk/customers', '/desk/emergencies', '/desk/chats'];
const notice = 'have not been approved yet';
const look = 'href="/desk/emergencies/wording"';

test('until somebody answers for the safety words all staff read so on every page of the desk', async () => {
  for (const path of desks) {
    for (const who of ['agent', 'supervisor'] as const) {
      const page = await read(path, who);
      expect([path, who, page.split(notice).length - 1, page.includes(look)]).toEqual([path, who, 1, false]);
    }
    const page = await read(path, 'admin');
    expect([path, page.split(notice).length - 1, page.includes(look)]).toEqual([path, 1, true]);
  }
});

test('once an admin has, nobody reads it any more', async () => {
  const { version, digest } = wordsOf('US');
  await sql('insert into wording_approval (version, digest, approved_by) values ($1, $2, $3)', [
    ...[version, digest, admin.id]
  ]);
  for (const path of desks)
    for (const who of ['agent', 'supervisor', 'admin'] as const) {
      const page = await read(path, who);
      expect([path, who, page.includes(notice), page.includes(look)]).toEqual([path, who, false, false]);
    }
});

test('a customer’s emergency shows where, whom to call, who needs more and whose it is, before all else', async () => {
  const ada = await aPerson('customer', { name: 'Ada Brook' });
  const [account] = await sql<{ id: string }>(
    `insert into account (number, holder) values ('40120000', 'A. and B. Brook') returning id`
  );
  await aMember(account?.id ?? '', ada, 'holder', 'act');
  const [premises] = await sql<{ id: string }>(
    `insert into premises (account_id, line, town, postcode) values ($1, '12 Mill Lane', 'Northgate', '10012')
     returning id`,
    [account?.id]
  );
  await sql(`insert into priority_service (premises_id, needs) values ($1, '{equipment}')`, [premises?.id]);
  await sql(
    `insert into emergency (reference, verdict, hazard, channel, person_id, account_id, premises_id, phone, text, locale)
     values ('E-222222', 'emergency', 'gas', 'form', $1, $2, $3, '555 0101', 'It smells in the hall', 'en')`,
    [ada.id, account?.id, premises?.id]
  );

  const page = await read('/desk/emergencies', 'agent');
  const card = page.slice(page.indexOf('<article'), page.indexOf('</article>'));
  const inOrder = [
    '12 Mill Lane, 10012 Northgate',
    'href="tel:5550101"',
    'Priority services',
    '40120000 · A. and B. Brook',
    `href="/desk/customers/${ada.id}"`,
    'Acknowledge'
  ];
  const places = inOrder.map((piece) => card.indexOf(piece));
  expect(inOrder.filter((piece) => !card.includes(piece))).toEqual([]);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test.each([
  ['hi', 'मैं सुरक्षित हूं', 'खतरा है: ड्यूटी पर मौजूद व्यक्ति को सूचना दें', 'केवल बाहर आ जाने के बाद'],
  ['fr', 'Je suis en sécurité', 'Il y a danger', 'Seulement une fois dehors']
])('who reads the steps in %s reads the buttons in it too', async (lang, safe, confirm, contact) => {
  const asking = await visit(`/emergency/heard?hazard=gas&verdict=possible&ask=1&lang=${lang}`);
  expect(asking).toContain(safe);
  expect(asking).toContain(confirm);
  const told = await sent('I smell gas in the cellar', lang);
  expect(told).toContain(contact);
  for (const page of [asking, told]) expect(page).not.toMatch(/I am safe|There is danger|tell us where/);
});

/** What somebody without an account is led to who writes of danger. */
async function sent(words: string, lang: string) {
  const answer = await fetch(`${site.url}/requests/new/GENERAL?/review`, {
    method: 'POST',
    body: new URLSearchParams({ key: randomUUID(), subject: 'Help', description: words }),
    headers: { origin: site.url, accept: 'text/html' },
    redirect: 'manual'
  });
  const to = new URL(answer.headers.get('location') ?? '', site.url);
  expect(to.pathname).toBe('/emergency/heard');
  to.searchParams.set('lang', lang);
  return visit(to.pathname + to.search);
}

const visit = async (path: string) =>
  (await fetch(site.url + path, { headers: { accept: 'text/html' } })).text();

async function cookieOf(role: Role) {
  return signedIn({ sql }, await aPerson(role, { secondFactor: true }));
}

async function read(path: string, who: keyof typeof cookies) {
  const answer = await fetch(site.url + path, {
    headers: { cookie: `hearth.spoken=en; ${cookies[who]}`, accept: 'text/html' }
  });
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
}
