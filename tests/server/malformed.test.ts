/** Danger is heard whatever the headers around it look like: a broken cookie is no reason to be turned away. */
import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { freshDatabase } from '../support/database.ts';
import { makersOn } from '../support/makers.ts';
import { startSite } from '../support/site.ts';

const urls = await freshDatabase();
const { sql } = await makersOn(urls.owner);
await publish(urls.owner, serviceTypes);
const site = await startSite(urls.web);
const danger = 'I smell gas in the kitchen';
const form = 'application/x-www-form-urlencoded';
const boundary = 'one-boundary';
const multipart = `multipart/form-data; boundary=${boundary}`;

afterEach(() => sql('truncate emergency, emergency_entry, emergency_said, screen_verdict'));

const oddities: [string, Record<string, string | string[]>][] = [
  ['a cookie that cannot be decoded', { cookie: 'hearth.session_token=%E0%A4%A; locale=%' }],
  ['cookies of ours that say nothing', { cookie: 'hearth.visitor=%; hearth.spoken=%zz; ;;=;a' }],
  ['a cookie without end', { cookie: `hearth.session_token=${'%'.repeat(8000)}` }],
  ['a language that is none', { 'accept-language': ';q=,,;;q=x, %%, en;q=1e999' }],
  ['an address that is none', { 'x-forwarded-for': '%%%, not:an:address:[::', 'x-client-address': '?' }],
  ['a protocol that is none', { 'x-forwarded-proto': 'ht tp', 'x-forwarded-host': '[' }],
  ['a length of nonsense elsewhere', { 'last-event-id': '%', referer: 'http://[', range: 'bytes=z' }],
  ['an answer that nobody can give', { accept: 'text/html;q=%,;;', 'accept-encoding': ';;q=' }],
  [
    'a browser that says odd things of itself',
    { 'sec-fetch-site': 'x', 'sec-purpose': 'y', 'user-agent': '%' }
  ]
];

test.each(oddities)('with %s danger in a form is heard', async (_, headers) => {
  const plain = await post({ 'content-type': form, ...headers }, `description=${encodeURIComponent(danger)}`);
  expect(plain).toMatchObject({ status: 303, location: expect.stringContaining('/emergency/heard') });
  const files = await post({ 'content-type': multipart, ...headers }, withParts(danger));
  expect(files).toMatchObject({ status: 303, location: expect.stringContaining('/emergency/heard') });
});

test.each(oddities.slice(0, 4))('with %s danger in a search is heard', async (_, headers) => {
  const answer = await send('GET', '/requests/new?q=gas+leak', headers, '');
  expect(answer).toMatchObject({ status: 303, location: expect.stringContaining('/emergency/heard') });
});

test.each([
  ['says that it has parts, and not where they end', 'multipart/form-data', withParts(danger)],
  ['says it with a boundary that is nowhere', 'multipart/form-data; boundary=other', withParts(danger)],
  ['breaks off in the middle', multipart, withParts(danger).slice(0, -20)],
  ['has a boundary of nothing', 'multipart/form-data; boundary=', withParts(danger)],
  ['says that it is plain text', 'text/plain', `description=${danger}`],
  ['says that it is something else', 'application/json', JSON.stringify({ description: danger })],
  ['says that it is nonsense', 'nonsense', danger],
  ['has an alphabet that nobody knows', `${form}; charset=x-none`, `description=${danger}`],
  ['has signs that cannot be decoded', form, `description=%E0%A4%A ${danger.replaceAll(' ', '+')} %`]
])('a form that %s is read for danger all the same', async (_, type, body) => {
  const { status, location, html } = await post({ 'content-type': type }, body);
  expect(`${status} ${location} ${html}`).toMatch(/\/emergency\/heard|data-version="US/);
});

test.each([
  ['of another site', 'https://evil.example'],
  ['of nobody', 'null'],
  ['that says nothing of where it stands', []]
])('a form %s is read for danger, tells nobody by itself, and is refused', async (_, origin) => {
  const plain = `description=${encodeURIComponent(danger)}`;
  for (const [type, body] of [
    [form, plain],
    [multipart, withParts(danger)],
    ['text/plain', plain]
  ] as const) {
    const { status, html } = await post({ 'content-type': type, origin }, body);
    expect(status).toBe(200);
    expect(html).toContain('data-version="US');
    expect(html).toContain(danger);
    expect(html).toContain('Nobody has been told yet');
    expect(html).toContain('?/confirm&');
  }
  expect(await sql('select from emergency')).toEqual([]);

  const clear = await post({ 'content-type': form, origin }, 'description=My+bill+is+wrong&key=x');
  expect(clear.status).toBe(403);
  expect(clear.html).toContain('My bill is wrong');
  const staff = await send('POST', '/desk/requests/X?/reply', { 'content-type': form, origin }, plain);
  expect(staff.status).toBe(403);

  const again = await send(
    'POST',
    '/emergency/heard?/safe&hazard=gas',
    { 'content-type': form, origin },
    'typed=a'
  );
  expect(again.html).toContain('We could not pass this on.');
});

test('whoever says on that page that there is danger is heard with their words, and somebody is told', async () => {
  const shown = await post(
    { 'content-type': form, origin: 'null' },
    `description=${encodeURIComponent(danger)}`
  );
  const [, way = ''] = /action="([^"]*confirm[^"]*)"/.exec(shown.html) ?? [];
  const told = await send(
    'POST',
    way.replaceAll('&amp;', '&'),
    { 'content-type': form },
    `typed=${encodeURIComponent(danger)}`
  );
  expect(told).toMatchObject({ status: 303, location: expect.stringContaining('/emergency/heard') });
  expect(await sql('select verdict, channel, text from emergency')).toEqual([
    { verdict: 'reported', channel: 'form', text: danger }
  ]);
});

test('what a program posts is not taken for a form', async () => {
  const { status } = await send('POST', '/payments/webhook', { 'content-type': 'application/json' }, '{}');
  expect(status).toBe(404);
});

function withParts(text: string) {
  const part = (name: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  return `${part('subject', 'Help')}${part('description', text)}--${boundary}--\r\n`;
}

const post = (headers: Record<string, string | string[]>, body: string) =>
  send('POST', '/requests/new/GENERAL?/review', headers, body);

/** Not with `fetch`, which mends what it sends. */
function send(method: string, path: string, headers: Record<string, string | string[]>, body: string) {
  return new Promise<{ status: number; location: string; html: string }>((resolve, reject) => {
    const asked = request(new URL(path, site.url), {
      method,
      headers: {
        origin: site.url,
        accept: 'text/html',
        'content-length': Buffer.byteLength(body),
        ...headers
      }
    });
    asked.on('error', reject).on('response', (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('error', reject).on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          location: answer.headers.location ?? '',
          html: Buffer.concat(pieces).toString()
        })
      );
    });
    asked.end(body);
  });
}
