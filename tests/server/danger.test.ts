/** Danger that comes in by the side doors: after the session has ended, by a search, by a page that is being left. */
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { freshDatabase } from '../support/database.ts';
import { homesOn } from '../support/homes.ts';
import { makersOn } from '../support/makers.ts';
import { signedIn, startSite } from '../support/site.ts';
import { around } from '#lib/safety/wording/around.ts';

const urls = await freshDatabase();
const make = await makersOn(urls.owner);
const { sql, aPerson, aRequest, aServiceType } = make;
const aHome = homesOn(make);
await publish(urls.owner, serviceTypes);
await aServiceType('BILL-QUESTION', { ...serviceTypes[0], code: 'BILL-QUESTION' });
const site = await startSite(urls.web, { CYLINDER_PHONE: '555 099' });

const person = await aPerson('customer', { locale: 'es' });
const ada = await signedIn({ sql }, person);
const { reference } = await aRequest(person);
const grace = await signedIn({ sql }, await aPerson('agent', { secondFactor: true }));
const danger = 'I smell gas in the kitchen';

afterEach(() => sql('truncate emergency, emergency_entry, emergency_said, screen_verdict'));

test('a reply sent after the session ended is heard; the safety page comes first, with every word', async () => {
  const { status, html } = await post(`/requests/${reference}?/reply`, { key: randomUUID(), text: danger });
  expect(status).toBe(200);
  expect(html).toContain('data-version="US');
  expect(html).toContain('A person on duty has been told');
  expect(html).toContain(danger);
  expect(await emergencies()).toMatchObject([{ channel: 'signed_out', text: danger, person_id: null }]);
  expect(await sql('select level from screen_verdict')).toEqual([{ level: 'emergency' }]);

  // That a page was shown is noted behind its answer.
  const [{ id } = { id: '' }] = await emergencies();
  await vi.waitFor(async () => expect(await kindsOf(id)).toEqual(['received', 'shown']));
  const safe = await press(html, '?/safe');
  expect(safe).toContain(danger);
  const [, on = ''] = /href="(\/requests\/[^"]*key=[^"]*)"/.exec(safe) ?? [];
  expect(new URL(on, site.url).pathname).toBe(`/requests/${reference}`);
  await vi.waitFor(async () => expect(await kindsOf(id)).toEqual(['received', 'shown', 'said_safe']));
});

test('what is harmless is read as well, given back, and kept for when they have signed in', async () => {
  const key = randomUUID();
  const { status, html, cookies } = await post(`/requests/${reference}?/reply`, { key, text: 'Thursday.' });
  expect(status).toBe(401);
  expect(html).toContain('Thursday.');
  expect(html).toContain(`/sign-in?next=${encodeURIComponent(`/requests/${reference}?key=${key}`)}`);
  expect(cookies).toContain('hearth.visitor=');
  expect(await sql('select form, typed from draft where key = $1', [key])).toEqual([
    { form: `reply:${reference}`, typed: { text: 'Thursday.' } }
  ]);
  expect(await sql('select level from screen_verdict')).toEqual([{ level: 'clear' }]);
});

test('a script that keeps a reply while it is typed is told as well', async () => {
  const asked = {
    method: 'POST',
    headers: { origin: site.url },
    body: new URLSearchParams({ text: danger })
  };
  const answer = await fetch(`${site.url}/requests/${reference}?/reply`, asked);
  expect(await answer.json()).toMatchObject({ safety: expect.stringContaining('/emergency/heard?') });
  expect(await emergencies()).toHaveLength(1);
});

test('what staff write is no call for help; what a caller told them is, signed out or not', async () => {
  const reply = { text: 'If you smell gas, please leave the house and call us.' };
  expect((await post(`/desk/requests/${reference}?/message`, reply)).status).toBe(401);
  expect(await emergencies()).toEqual([]);

  const call = { description: danger, caller_name: 'Ada' };
  expect((await post('/desk/requests/new?type=GENERAL&/log', call)).status).toBe(200);
  expect(await emergencies()).toHaveLength(1);
});

test('a call that is sent twice is one emergency, with the number of whoever called', async () => {
  const call = { key: randomUUID(), subject: 'Help', description: danger, caller_name: 'Ada' };
  const to = '/desk/requests/new?type=GENERAL&caller=unknown&/log';
  for (const caller_phone of ['', '555 0101', '555 0101']) {
    const { status, html } = await post(to, { ...call, caller_phone }, grace);
    expect([status, html.includes('data-version="US')]).toEqual([422, true]);
  }
  const [found, ...others] = await emergencies();
  expect(others).toEqual([]);
  expect(found).toMatchObject({ channel: 'phone', phone: '555 0101' });
});

test('who leaves the page while typing is heard, and the log does not say that they were shown anything', async () => {
  const body = { key: randomUUID(), description: danger };
  const { html } = await post('/requests/new/GENERAL/draft', body, ada);
  const [{ id } = { id: '' }] = await emergencies();
  expect(await kindsOf(id)).toEqual(['received']);

  const { safety } = JSON.parse(html) as { safety: string };
  await look(safety, ada);
  await vi.waitFor(async () => expect(await kindsOf(id)).toEqual(['received', 'shown']));
  expect(await emergencies()).toMatchObject([
    { shown_at: expect.any(Date), wording_version: expect.any(String) }
  ]);
});

test.each(['/requests/new', '/requests'])(
  'a search on %s stops where it calls for help, and "I am safe" leads to what it finds',
  async (path) => {
    const stops = await look(`${path}?q=gas+leak`, ada);
    expect(stops.location).toContain(`/emergency/heard?`);
    expect(await emergencies()).toMatchObject([
      { channel: 'search', verdict: 'emergency', text: 'gas leak', person_id: person.id }
    ]);

    const { location } = await post(stops.location.replace('?', '?/safe&'), {}, ada);
    expect(new URL(location, site.url).searchParams.get('q')).toBe('gas leak');
    expect((await look(location, ada)).status).toBe(200);

    const long = `${'my last bill and the one before '.repeat(5)} and there is a strong smell of gas`;
    expect((await look(`${path}?q=${encodeURIComponent(long)}`, ada)).location).toContain('/emergency/heard');

    expect((await look(`${path}?q=meter`, ada)).status).toBe(200);
  }
);

test.each([
  ['boom', around.es],
  ['zz', around.es],
  ['hiss', around.es],
  ['strange smell', around.en]
])(
  'a search for "%s" shows what to do and asks; a person is told only when it is said to be danger',
  async (search, { asks, recorded }) => {
    const { location } = await look(`/requests/new?q=${encodeURIComponent(search)}`, ada);
    expect(location).toContain('/emergency/heard?');
    const page = await look(location, ada);
    expect(page.html).toContain('data-version="US');
    expect(page.html).toContain(asks);
    expect(await emergencies()).toEqual([]);

    const said = await post(location.replace('?', '?/confirm&'), {}, ada);
    expect((await look(said.location, ada)).html).toContain(recorded);
    expect(await emergencies()).toMatchObject([
      { channel: 'search', verdict: 'reported', text: search, person_id: person.id }
    ]);

    const { location: on } = await post(location.replace('?', '?/safe&'), {}, ada);
    expect((await look(on, ada)).status).toBe(200);
  }
);

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }],
  ['a guess ahead of time', { 'sec-purpose': 'prefetch;prerender' }],
  ['a picture', { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'image' }]
])('a search that %s caused tells nobody; whoever reads it is asked', async (_what, headers) => {
  const { location } = await look('/requests/new?q=gas+leak', ada, headers);
  expect((await look(location, ada)).html).toContain('data-version="US');
  expect(await emergencies()).toEqual([]);

  await post(location.replace('?', '?/confirm&'), {}, ada);
  expect(await emergencies()).toMatchObject([{ channel: 'search', text: 'gas leak' }]);
});

test('the same search once more, by a reload or on the way back, is the same call, acknowledged or not', async () => {
  const search = '/requests/new?q=gas+leak';
  await look(search, ada);
  await sql(`alter table emergency disable trigger user`);
  await sql(`update emergency set status = 'acknowledged'`);
  await sql(`alter table emergency enable trigger user`);
  await look(search, ada);
  expect(await emergencies()).toHaveLength(1);
  await look(search, await signedIn({ sql }, await aPerson()));
  expect(await emergencies()).toHaveLength(2);
});

test.each([
  ['रसोई में गैस की तेज़ गंध आ रही है', 'en', 'hi'],
  ['il y a une fuite de gaz dans la cuisine', 'en', 'fr'],
  ['rasoi mein gas leak ho rahi hai', 'es', 'hi'],
  ['there is a gas leak in the hall', 'fr', 'en'],
  ['gas leak', 'fr-CA,fr;q=0.9', 'fr']
])('danger written as "%s" by a browser that asks for %s is answered in %s', async (text, asked, spoken) => {
  const speaks = { 'accept-language': asked };
  const form = { key: randomUUID(), subject: '…', description: text };
  const { location } = await post('/requests/new/GENERAL?/review', form, '', speaks);
  const { html } = await look(location, '', speaks);
  expect(html).toContain(`<section class="safety`);
  expect(/<section class="safety[^>]* lang="(\w+)"/.exec(html)?.[1]).toBe(spoken);
  for (const other of ['en', 'es', 'hi', 'fr'].filter((one) => one !== spoken)) {
    const [, way = ''] = new RegExp(`href="(\\?[^"]*lang=${other}[^"]*)"`).exec(html) ?? [];
    const there = await look(`/emergency/heard${way.replaceAll('&amp;', '&')}`, '', speaks);
    expect(there.html).toContain(`lang="${other}" data-version`);
  }
});

test.each([
  ['GENERAL', 'I smell gas by the meter', 'unknown', 'Our line: gas from the street'],
  ['GENERAL', 'the propane tank is leaking gas', 'cylinder', 'this gas sinks'],
  ['LPG-REFILL', 'there is a strong smell of gas', 'cylinder', 'this gas sinks']
])('in a form of %s, "%s" is answered as of a supply that is %s', async (code, text, supply, words) => {
  const form = { key: randomUUID(), subject: '…', description: text };
  const { location } = await post(`/requests/new/${code}?/review`, form);
  expect(new URL(location, site.url).searchParams.get('supply')).toBe(supply);
  const { html } = await look(location, '');
  expect(html).toContain(words);
  expect(html).toContain('href="tel:555099"');
});

test('what was written beside a wish for a call waits for whoever was safe', async () => {
  const typed = {
    key: randomUUID(),
    phone: '+1 555 010 9999',
    wish: 'It smells of gas near the meter',
    window: ''
  };
  const { location } = await post('/call-me?/ask', typed, ada);
  const safe = await post(location.replace('?', '?/safe&'), {}, ada);
  const { html } = await look(safe.location, ada);
  expect(html).toContain(typed.wish);
  expect(html).toContain(typed.phone);
  expect(html).toContain(typed.key);
});

test('whoever has cylinders alone is told of them, and whoever has several places is asked which', async () => {
  const anil = await aPerson();
  const places = await aHome(anil);
  const form = { key: randomUUID(), description: danger };
  const { location } = await post('/requests/new/GENERAL?/review', form, await signedIn({ sql }, anil));
  expect(new URL(location, site.url).searchParams.get('supply')).toBe('cylinder');
  const { html } = await look(location, await signedIn({ sql }, anil));
  expect(html).toContain('this gas sinks');
  expect(html).toContain('href="tel:555099"');
  expect(html).toContain('One of your addresses. Please say below which one it is.');
  const offered = [...html.matchAll(/<input[^>]*name="premises"[^>]*>/g)].map(([input]) => input);
  const [seen] = await sql<{ premises_id: string }>('select premises_id from emergency');
  for (const id of [...places, 'elsewhere'])
    expect(offered.filter((input) => input.includes(`value="${id}"`))).toHaveLength(1);
  expect(offered.filter((input) => /\bchecked\b/.test(input)).join()).toContain(seen?.premises_id);
});

test('the safety page that stands by itself speaks what the browser asks for, and every other language on a press', async () => {
  const page = await look('/emergency', '', { 'accept-language': 'hi-IN,hi;q=0.9,en;q=0.5' });
  expect(page.html).toContain('lang="hi" data-version');
  expect((await look('/emergency?lang=fr', '')).html).toContain('lang="fr" data-version');
});

test('of an emergency that we never gave out the page claims nothing, and whoever is signed in stays so', async () => {
  const { html } = await look('/emergency/heard?hazard=gas&e=00000000-0000-4000-8000-000000000000', ada);
  expect(html).toContain('No hemos podido');
  expect(html).not.toContain('Hemos avisado');
  expect(html).not.toContain('href="/sign-in');
});

test('pages that ask nobody who they are speak the language of whoever was there last', async () => {
  const page = await look('/requests', ada);
  const [, spoken = ''] = /(hearth\.spoken=\w+)/.exec(page.cookies) ?? [];
  expect((await look('/emergency', `${ada}; ${spoken}`)).html).toContain('<html lang="es"');
});

const emergencies = () =>
  sql<{ id: string }>(
    'select id, channel, verdict, text, phone, person_id, shown_at, wording_version from emergency'
  );

const kindsOf = async (id: string) =>
  (
    await sql<{ kind: string }>('select kind from emergency_entry where emergency_id = $1 order by number', [
      id
    ])
  ).map(({ kind }) => kind);

async function press(html: string, action: string) {
  const [, form = ''] = new RegExp(`action="([^"]*${action.replace('?', '\\?')}[^"]*)"`).exec(html) ?? [];
  const typed = [...html.matchAll(/name="typed" value="([^"]*)"/g)].map(([, words = '']) => ['typed', words]);
  return (await post(form.replaceAll('&amp;', '&'), typed)).html;
}

type Headers = Record<string, string>;

const post = (path: string, typed: Record<string, string> | string[][], cookie = '', more: Headers = {}) =>
  ask(path, cookie, { method: 'POST', body: new URLSearchParams(typed) }, more);

const look = (path: string, cookie: string, more: Headers = {}) => ask(path, cookie, {}, more);

async function ask(path: string, cookie: string, init: RequestInit, more: Headers) {
  const headers = { cookie, origin: site.url, accept: 'text/html', 'accept-language': 'en', ...more };
  const answer = await fetch(new URL(path, site.url), { ...init, headers, redirect: 'manual' });
  return {
    status: answer.status,
    location: answer.headers.get('location') ?? '',
    cookies: answer.headers.getSetCookie().join('; '),
    html: await answer.text()
  };
}
