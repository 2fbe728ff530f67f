/** What no keyboard types: an address or a field that no database can hold is answered like any other mistake. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { freshDatabase } from '../support/database.ts';
import { makersOn } from '../support/makers.ts';
import { routes } from '../support/routes.ts';
import { signedIn, startSite } from '../support/site.ts';

const urls = await freshDatabase();
const { sql, aPerson, aRequest, aServiceType } = await makersOn(urls.owner);
await publish(urls.owner, serviceTypes);
await aServiceType('BILL-QUESTION', {
  ...serviceTypes.find(({ code }) => code === 'GENERAL'),
  code: 'BILL-QUESTION'
});
const site = await startSite(urls.web);

const people = { customer: await aPerson(), admin: await aPerson('admin', { secondFactor: true }) };
const { reference } = await aRequest(people.customer);
const everybody = ['customer', 'admin'] as const;

const inAddress = [
  'page=1.01',
  'page=9999',
  'q=%00',
  'search=%00',
  'token=%00',
  'kind=%00',
  'key=%00',
  'before=%00',
  'from=%00',
  'from=chat&add=%00&key=%00',
  'from=chat&from=chat&add=chat',
  // No header can bear these as they stand.
  'next=/%E6%9D%B1%E4%BA%AC',
  'safe=a%0D%0Ab',
  'back=/%E6%9D%B1&token=a%0Ab&key=%E6%9D%B1'
];
/** Who opens the page. The others are turned away at its door, whatever else the address or the form says. */
const opens = (path: string, who: (typeof everybody)[number]) =>
  who === (path.startsWith('/desk') ? 'admin' : 'customer');
const named = (path: string, name: string) => path.replace(/\[[^\]]+\]/g, name);

test.each(everybody)('no address fails %s', { timeout: 120_000 }, async (who) => {
  const cookie = await signedIn({ sql }, people[who]);
  for (const { path } of routes.filter(({ get, path }) => get && !path.includes('stream'))) {
    const queries = opens(path, who) ? inAddress : inAddress.slice(0, 1);
    const tries = [named(path, '%00'), ...queries.map((query) => `${named(path, reference)}?${query}`)];
    for (const address of tries) {
      const { status } = await ask(address, { headers: { cookie, accept: 'text/html' } });
      expect(status, address).toBeLessThan(500);
    }
  }
});

const odd = {
  'what no keyboard types': 'a\u0000b@example.org',
  'line breaks': '/東京\r\nset-cookie: a=b',
  'half a letter, turned around': '\ud800\u202e',
  'a number without an end': '9'.repeat(400)
};

const tries = everybody.flatMap((who) => Object.entries(odd).map(([what, value]) => ({ who, what, value })));

test.each(tries)('no form fails $who who sends $what', { timeout: 120_000 }, async ({ who, value }) => {
  const fields = globSync('src/**/*.svelte').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bname="(\w+)"/g)].map(([, name = '']) => name)
  );
  const body = new URLSearchParams([...new Set(fields)].map((name) => [name, value]));
  const failed: string[] = [];
  for (const { path, posts } of routes) {
    for (const action of opens(path, who) || value === odd['line breaks'] ? posts : []) {
      // Some of them sign out.
      const cookie = await signedIn({ sql }, people[who]);
      const address = `${named(path, reference)}${action === 'POST' || action === 'default' ? '' : `?/${action}`}`;
      const headers = { cookie, origin: site.url, accept: 'text/html' };
      const { status } = await ask(address, { method: 'POST', headers, body });
      if (status >= 500) failed.push(`${address}: ${status}`);
    }
  }
  expect(failed).toEqual([]);
});

test('a list that has grown shorter begins at its first page', async () => {
  const cookie = await signedIn({ sql }, people.customer);
  const { status, to } = await ask('/requests?show=open&page=7', { headers: { cookie } });
  expect([status, to]).toEqual([303, '/requests?show=open']);
});

async function ask(address: string, init: RequestInit) {
  const ending = new AbortController();
  const answer = await fetch(site.url + address, { ...init, redirect: 'manual', signal: ending.signal });
  ending.abort();
  return { status: answer.status, to: answer.headers.get('location') };
}
