/** Danger told in two parts is heard on a request; and where a call is not taken, the page says to telephone. */
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { freshDatabase } from '../support/database.ts';
import { makersOn } from '../support/makers.ts';
import { signedIn, startSite } from '../support/site.ts';

const urls = await freshDatabase();
const { sql, aPerson, aRequest, aServiceType } = await makersOn(urls.owner);
await publish(urls.owner, serviceTypes);
await aServiceType('BILL-QUESTION', { ...serviceTypes[0], code: 'BILL-QUESTION' });
const site = await startSite(urls.web);

const person = await aPerson();
const ada = await signedIn({ sql }, person);
const danger = 'I smell gas in the kitchen';
const told = 'A person on duty has been told';
const notTold = 'We could not pass this on. Please call';

afterEach(() => sql('truncate emergency, emergency_entry, emergency_said, screen_verdict'));

test.each([
  ['sent', '?/reply'],
  ['typed', '/draft']
])(
  'danger told in two parts is heard in a reply that is %s: after the last message, and after the first words',
  async (_how, action) => {
    const reply = async (mark: string, to: string, text: string) => {
      const { location, html } = await post(`/requests/${mark}${to}`, { key: randomUUID(), text }, ada);
      return location + html;
    };
    const [plain, answered, begun] = [await aRequest(person), await aRequest(person), await aRequest(person)];
    await sql(`update request set description = 'my alarm' where id = $1`, [begun.id]);
    expect(await reply(answered.reference, '?/reply', 'my alarm')).not.toContain('/emergency/heard');
    expect(await reply(plain.reference, action, 'is going off')).not.toContain('/emergency/heard');
    expect(await emergencies()).toEqual([]);
    for (const { reference: mark } of [answered, begun])
      expect(await reply(mark, action, 'is going off')).toContain('/emergency/heard?');
    expect(await emergencies()).toMatchObject([{ text: 'my alarm\nis going off', person_id: person.id }]);
  }
);

test('past three hundred calls of one network who comes new is told to call; others are still heard', async () => {
  const early = await callForHelp();
  expect(early.html).toContain(told);
  await sql(`insert into emergency (reference, verdict, channel, locale, address)
             select 'E-' || n, 'emergency', 'form', 'en', address from emergency, generate_series(1, 299) as n`);
  const late = await callForHelp();
  expect(late.html).toContain('data-version="US');
  expect(late.html).toContain(notTold);
  expect(late.html).not.toContain(told);
  expect(await emergencies()).toHaveLength(300);

  expect((await callForHelp(ada)).html).toContain(told);
  expect((await callForHelp(early.cookie)).html).toContain(told);
  expect(await emergencies()).toHaveLength(301);
});

test('where words are too many to be kept, the page says to call, and still asks where they are', async () => {
  await callForHelp(ada);
  await sql(`insert into emergency_said (emergency_id, kind, text)
             select id, 'words', 'word ' || n from emergency, generate_series(1, 299) as n`);
  const { html } = await callForHelp(ada, 'I smell gas on the stairs');
  expect(html).toContain(notTold);
  expect(html).not.toContain(told);
  expect(html).toContain('Only when you are outside: tell us where');
});

const emergencies = () => sql('select text, person_id from emergency');

/** From a form to the safety page, with whatever cookie comes of it. */
async function callForHelp(cookie = '', description = danger) {
  const form = { key: randomUUID(), subject: '…', description };
  const { location, cookies } = await post('/requests/new/GENERAL?/review', form, cookie);
  const now = [cookie, ...cookies.map((one) => one.split(';')[0] ?? '')].filter(Boolean).join('; ');
  return { ...(await ask(location, now, {})), cookie: now };
}

const post = (path: string, typed: Record<string, string>, cookie: string) =>
  ask(path, cookie, { method: 'POST', body: new URLSearchParams(typed) });

async function ask(path: string, cookie: string, init: RequestInit) {
  const headers = { cookie, origin: site.url, accept: 'text/html', 'accept-language': 'en' };
  const answer = await fetch(new URL(path, site.url), { ...init, headers, redirect: 'manual' });
  return {
    location: answer.headers.get('location') ?? '',
    cookies: answer.headers.getSetCookie(),
    html: await answer.text()
  };
}
