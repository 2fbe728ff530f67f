/** What the shell says to everybody, and what it does not let past: headers on every answer, and odd bodies. */
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { safeHeaders } from '#lib/platform/safe-headers.ts';
import { sessionCookie } from '#lib/people/server/session.ts';
import { hostCookie } from '#lib/platform/cookie.ts';
import { visitorCookie } from '#lib/people/server/visitor.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { freshDatabase } from '../support/database.ts';
import { startSite } from '../support/site.ts';

const urls = await freshDatabase();
await publish(urls.owner, serviceTypes);
const site = await startSite(urls.web);
const own = { origin: site.url };

test.each([
  ['a page', '/', {}],
  ['a page that is not there', '/nothing/here', {}],
  ['a redirect', '/requests', {}],
  ['a refusal', '/sign-in', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }],
  ['a form of another site', '/sign-in', { method: 'POST', body: new URLSearchParams({ email: 'a' }) }],
  ['a file that is not there', '/files/none/original', {}],
  ['an address that cannot be read', '/%', {}],
  ['what stands beside the pages', '/robots.txt', {}],
  ['the sign of life', '/health', {}],
  ['an upload of nobody', '/uploads', { method: 'POST' }]
])('%s carries every safe header', async (_what, path, init: RequestInit) => {
  const answer = await fetch(site.url + path, { ...init, redirect: 'manual' });
  for (const [name] of safeHeaders({ secure: false }))
    expect([name, answer.headers.get(name)]).not.toEqual([name, null]);
  expect(answer.headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'|sandbox/);
  await answer.body?.cancel();
});

const forms = [
  '/sign-in',
  '/requests/new/GENERAL?/review',
  '/requests/new/GENERAL/draft',
  '/language',
  '/emergency/heard?/contact'
];
const bodies: [what: string, type: string | null, body: string | undefined, status: number][] = [
  ['JSON', 'application/json', '{"text":"hello"}', 415],
  ['plain text', 'text/plain', 'text=hello', 415],
  ['no type', '', 'text=hello', 415],
  ['parts without a boundary', 'multipart/form-data', '--x--', 422],
  [
    'parts that never end',
    'multipart/form-data; boundary=x',
    '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb',
    422
  ],
  ['another alphabet', 'application/x-www-form-urlencoded; charset=utf-16', '\xff\xfe', 0],
  ['nothing', null, undefined, 0],
  ['halves of signs', 'application/x-www-form-urlencoded', 'key=%&text=%E0%A4&a=%zz&=&&', 0],
  ['the same field a hundred times', 'application/x-www-form-urlencoded', 'key=a&'.repeat(100), 0],
  ['names of our own objects', 'application/x-www-form-urlencoded', '__proto__=a&constructor=b&toString=c', 0]
];

test.each(bodies)('a form of %s is answered and fails nothing', async (_what, type, body, status) => {
  for (const path of forms) {
    const answer = await raw(path, {
      method: 'POST',
      headers: { ...own, ...(type !== null && { 'content-type': type }) },
      body
    });
    expect([path, answer < 500]).toEqual([path, true]);
    if (status) expect([path, answer]).toEqual([path, status]);
  }
});

const broken = ['%E0%A4%A', '%', '"', ';;=;', '=', '..', 'a.b.c', 'न', '\u00ff', 'x'.repeat(6_000)];

test('no cookie fails a page, a file or a stream', async () => {
  const names = [
    sessionCookie,
    hostCookie(sessionCookie, true),
    visitorCookie,
    'locale',
    'hearth.spoken',
    'hearth.two_factor'
  ];
  for (const name of names) {
    for (const value of broken) {
      const cookie = Buffer.from(`${name}=${value}`).toString('latin1');
      for (const path of ['/', '/sign-in/second-factor', '/live', '/files/x/original', '/emergency']) {
        const status = await raw(path, { headers: { cookie } });
        expect([path, cookie.slice(0, 60), status < 500]).toEqual([path, cookie.slice(0, 60), true]);
      }
    }
  }
});

test.each([
  '//',
  '/%',
  '/%E0%A4%A',
  '/requests/new/%FF',
  '/..%2f..%2f',
  '//x/files/a',
  'http://elsewhere.example/',
  '/\u00ff',
  '/files/%00',
  '/uploads/%',
  '/live?from=%'
])('the address %s fails nothing', async (path) => expect(await raw(path, {})).toBeLessThan(500));

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string | undefined;
}

/** As a program would send it, which no browser's rules hold back. */
function raw(path: string, { method = 'GET', headers = {}, body }: Sent) {
  return new Promise<number>((answered, failed) => {
    const { hostname, port } = new URL(site.url);
    const all = { ...headers, 'content-length': String(Buffer.byteLength(body ?? '', 'latin1')) };
    const sent = request({ hostname, port, path, method, headers: all }, (answer) => {
      answered(answer.statusCode ?? 0);
      answer.destroy();
    });
    sent.on('error', failed);
    sent.end(body, 'latin1');
  });
}
