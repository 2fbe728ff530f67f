/** A session that ends while somebody types: whatever the form, they read every word again, sign in, and send it from there. */
import { expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { routes } from '../support/routes.ts';
import { startSite } from '../support/site.ts';

const urls = await freshDatabase();
const site = await startSite(urls.web);

/** Where it is sent, and what was typed into it. */
const forms: [where: string, typed: Record<string, string>][] = [
  ['/bills/B-1/pay', { how: 'part', amount: '12.50' }],
  ['/bills/programmes/arrangement?/join', { parts: '3', pay_on: '2026-02-10' }],
  ['/orders/new/time?CYL-20=2', { slot: 'a-time', pays: 'card', access_notes: 'Behind the shed' }],
  ['/orders/new/ahead?product=CYL-20', { quantity: '4' }],
  ['/orders/prebuy?/buy', { units: '30', offer: 'an-offer' }],
  ['/orders/refills/new', { quantity: '2', often: '4' }],
  ['/orders/O-1?/pay', { key: '0a0a0a0a-0000-4000-8000-000000000000' }],
  ['/readings?account=1', { digits: '01234' }],
  ['/account/details', { name: 'Ada Brook', phone: '555 0100' }],
  ['/account/access/1/invite', { email: 'ben@customer.example', kind: 'authorised', scope: 'view' }],
  ['/account/priority?/save', { note: 'An oxygen machine' }],
  ['/account/calendar?/make', { made: 'yes' }],
  ['/account/close?/close', { sure: 'yes', password: 'correct horse battery' }],
  ['/desk/staff/invite?/invite', { name: 'Nora King', email: 'nora@staff.example' }],
  ['/desk/stock?/change', { place: 'north CYL-20', full: '10' }]
];

test.each(forms)('%s gives back what was typed', async (where, typed) => {
  const sent = await fetch(site.url + where, {
    method: 'POST',
    body: new URLSearchParams(typed),
    headers: { origin: site.url, accept: 'text/html' },
    redirect: 'manual'
  });
  const html = await sent.text();
  expect(sent.status).toBe(401);
  expect(html).toContain(`action="${where}"`);
  const given = Object.fromEntries(
    [...html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value
    ])
  );
  const { password: _, ...all } = typed;
  expect(given).toEqual(all);
  expect(html).not.toContain('correct horse');
});

test('who asks to be called needs no session, and reads again what they typed', async () => {
  const sent = await fetch(`${site.url}/call-me?/ask`, {
    method: 'POST',
    body: new URLSearchParams({ name: 'Ada Brook', phone: 'none', wish: 'My last bill' }),
    headers: { origin: site.url, accept: 'text/html' }
  });
  const html = await sent.text();
  expect(sent.status).toBe(422);
  for (const words of ['Ada Brook', 'My last bill']) expect(html).toContain(words);
});

/** Of customers and of the desk alike: each form that takes a session, by where it is sent. */
const behindDoors = routes
  .filter(({ id }) => /^\/(\(home\)|\(desk\)|\(open\)\/account)(\/|$)/.test(id))
  .flatMap(({ path, posts }) =>
    posts
      .filter((name) => name !== 'POST')
      .map((name) => path.replace(/\[\w+\]/g, 'R7KQ4M') + (name === 'default' ? '' : `?/${name}`))
  );

test('there are forms of customers and of the desk', () => {
  expect(behindDoors.filter((where) => where.startsWith('/desk')).length).toBeGreaterThan(80);
  expect(behindDoors.filter((where) => !where.startsWith('/desk')).length).toBeGreaterThan(40);
});

test('no form loses a word, whatever it is', async () => {
  const typed = {
    key: '0a0a0a0a-0000-4000-8000-000000000001',
    text: 'My meter has stood still since Monday',
    note: 'Behind the shed',
    reason: 'As they asked on the phone',
    amount: '12.50',
    search: 'Brook'
  };
  const { key: _, ...words } = typed;
  // Of a reply there are no other words: it waits as a draft.
  const wordsOf = (where: string) =>
    where.startsWith('/requests/') && where.endsWith('/reply') ? [typed.text] : Object.values(words);
  const lost: string[] = [];
  for (const where of behindDoors) {
    const sent = await fetch(site.url + where, {
      method: 'POST',
      body: new URLSearchParams(typed),
      headers: { origin: site.url, accept: 'text/html' },
      redirect: 'manual'
    });
    const html = await sent.text();
    const all = wordsOf(where).every((word) => html.includes(word));
    // Sent again from there, or kept: then the page that it leads to has it under its key.
    const again = html.includes(`action="${where}"`) || new RegExp(`key(=|%3D)${typed.key}`).test(html);
    if (sent.status !== 401 || !all || !again) lost.push(`${where}: ${sent.status}`);
  }
  expect(lost).toEqual([]);
});
