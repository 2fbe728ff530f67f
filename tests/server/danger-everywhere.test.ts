/** Danger is heard at the door, whatever form, search or file name it comes in; and whoever is safe goes on. */
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { freshDatabase } from '../support/database.ts';
import { makersOn } from '../support/makers.ts';
import { routes } from '../support/routes.ts';
import { signedIn, startSite } from '../support/site.ts';

const urls = await freshDatabase();
const { sql, aPerson } = await makersOn(urls.owner);
await publish(urls.owner, serviceTypes);
const site = await startSite(urls.web);

const person = await aPerson();
const ada = await signedIn({ sql }, person);
const grace = await signedIn({ sql }, await aPerson('agent', { secondFactor: true }));
const danger = 'I smell gas in the kitchen';

afterEach(() => sql('truncate emergency, emergency_entry, emergency_said, screen_verdict'));

const forms = routes
  .filter(({ id }) => !/^\/\(desk\)|emergency\/heard|(?:payments|texts)\/webhook/.test(id))
  .flatMap(({ id, path, posts }) =>
    posts.map((name) => ({
      id: `${id}?${name}`,
      at: path.replace(/\[[^\]]+\]/g, 'ZZZZ-2222') + (/^(POST|default)$/.test(name) ? '' : `?/${name}`)
    }))
  );

test.each(forms)('danger in a field of $id is heard before its page sees it', async ({ at }) => {
  const { html, location } = await ask(at, ada, { method: 'POST', body: form({ whatever: danger }) });
  expect(html.includes('data-version="US') || /emergency\/heard/.test(html + location)).toBe(true);
  expect(await emergencies()).toMatchObject([{ text: danger }]);
});

const atTheDesk = routes.filter(({ id, posts }) => id.startsWith('/(desk)') && posts.length > 0);

test.each(atTheDesk)('what staff write to $id is not screened', async ({ path, posts: [name = ''] }) => {
  const at = path.replace(/\[[^\]]+\]/g, 'ZZZZ-2222') + (/^(POST|default)$/.test(name) ? '' : `?/${name}`);
  const { html, location } = await ask(at, grace, { method: 'POST', body: form({ whatever: danger }) });
  expect(html + location).not.toMatch(/emergency\/heard\?/);
  expect(await emergencies()).toEqual([]);
});

test('nor is what they write or look for outside of the desk', async () => {
  await ask('/account', grace, { method: 'POST', body: form({ name: danger }) });
  const { status } = await ask('/help?q=gas+leak', grace);
  expect([status, await emergencies()]).toEqual([200, []]);
});

test.each(['PUT', 'PATCH', 'DELETE'])('what %s brings is heard, to whatever address', async (method) => {
  for (const at of ['/account', '/requests/ZZZZ-2222', '/api/requests'])
    expect((await ask(at, ada, { method, body: form({ words: danger }) })).html).toContain(
      'data-version="US'
    );
  expect(await emergencies()).toMatchObject([{ text: danger, person_id: person.id }]);
});

test('so is what a program sends in a shape that no form has', async () => {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ description: danger });
  const { html } = await ask('/api/requests', ada, { method: 'POST', body, headers });
  expect(html).toContain('data-version="US');
  expect(await emergencies()).toHaveLength(1);
});

test('a name of one’s own: "I am safe" leads on, with every word, and the form goes through', async () => {
  const name = 'Ada Brook, I smell gas';
  const typed = { name, phone: '+1 555 010 0199', locale: 'en' };
  const first = await ask('/account', ada, { method: 'POST', body: form(typed) });
  expect(first.html).toContain('data-version="US');
  expect(first.html).toContain(name);
  const safe = await press(first.html, '\\?/safe', ada);
  expect(safe.html).toContain('It has not been sent yet.');
  const again = await press(safe.html, '/account', ada);
  expect(again.location).toBe('/account?saved');
  expect(await sql('select name from person where id = $1', [person.id])).toEqual([{ name }]);
  expect(await emergencies()).toHaveLength(1);

  // Where the form carries nothing along, this browser remembers it for this page, and for these dangers alone.
  const cookie = `${ada}; ${safe.cookies}`;
  const once = await ask('/account', cookie, { method: 'POST', body: form(typed) });
  expect(once.html).not.toContain('data-version="US');
  const worse = { ...typed, name: `${name} and the CO alarm is going off` };
  expect((await ask('/account', cookie, { method: 'POST', body: form(worse) })).html).toContain(
    'data-version="US'
  );
});

test('a password is asked for again, and is nowhere on the page', async () => {
  const typed = { name: danger, email: 'new@example.org', password: 'a secret of mine' };
  const { html } = await ask('/sign-up', '', { method: 'POST', body: form(typed) });
  expect(html).toContain('data-version="US');
  expect(html).toContain('new@example.org');
  expect(html).not.toContain('a secret of mine');
  const [{ text = '' } = {}] = await sql<{ text: string }>('select text from emergency');
  expect(text).toBe(danger);
});

test('an address for letters is no call for help, at whichever sign-in', async () => {
  const typed = { email: 'gas.leak.smell@example.org', password: 'I smell gas in here' };
  const { html } = await ask('/sign-in', '', { method: 'POST', body: form(typed) });
  expect(html).not.toContain('data-version="US');
  expect(await emergencies()).toEqual([]);
});

test('the name of a file is heard, with a form and by itself', async () => {
  const key = randomUUID();
  const sent = new FormData();
  for (const [name, value] of Object.entries({ key, subject: 'A photo', description: 'See there' }))
    sent.append(name, value);
  sent.append('file', new Blob([new Uint8Array(9)], { type: 'image/jpeg' }), 'smell_of_gas_in_kitchen.jpg');
  const { location } = await ask('/requests/new/GENERAL?/review', ada, { method: 'POST', body: sent });
  expect(location).toContain('/emergency/heard');

  const upload = (safe: string) => {
    const metadata = { name: 'gas leak in the hall.jpg', type: 'image/jpeg', form_key: key, safe };
    return ask('/uploads', ada, {
      method: 'POST',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-length': '9',
        referer: `${site.url}/requests/new/GENERAL?key=${key}`,
        accept: '*/*',
        'upload-metadata': Object.entries(metadata)
          .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
          .join(',')
      }
    });
  };
  const { safety } = JSON.parse((await upload('')).html) as { safety: string };
  const way = new URL(safety, site.url).searchParams;
  expect(way.get('back')).toBe('/requests/new/GENERAL');
  expect((await upload(way.get('token') ?? '')).status).toBe(201);
});

test('an ordinary form is written down once, as clear', async () => {
  const typed = { key: randomUUID(), subject: 'A bill', description: 'Which day is it due?' };
  await ask('/requests/new/GENERAL?/review', ada, { method: 'POST', body: form(typed) });
  expect(await sql('select level, channel from screen_verdict')).toEqual([
    { level: 'clear', channel: 'form' }
  ]);
});

const emergencies = () => sql('select text, person_id from emergency');
const form = (fields: Record<string, string>) => new URLSearchParams(fields);

/** Presses the button of the form on a page that leads to `to`, with all that it carries. */
async function press(html: string, to: string, cookie: string) {
  const pattern = new RegExp(`<form[^>]*action="([^"]*${to}[^"]*)"[^>]*>([\\s\\S]*?)</form>`);
  const [, action = '', inside = ''] = pattern.exec(html) ?? [];
  const fields = [...inside.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  const body = new URLSearchParams(fields.map(([, name = '', value = '']) => [name, plain(value)]));
  return ask(plain(action), cookie, { method: 'POST', body });
}

const plain = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');

async function ask(path: string, cookie: string, init: RequestInit = {}) {
  const headers = { origin: site.url, accept: 'text/html', 'accept-language': 'en', cookie, ...init.headers };
  const answer = await fetch(new URL(path, site.url), { ...init, headers, redirect: 'manual' });
  return {
    status: answer.status,
    location: answer.headers.get('location') ?? '',
    cookies: answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; '),
    html: await answer.text()
  };
}
