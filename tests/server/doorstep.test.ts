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
import { makersOn, type Somebody } from '../support/makers.ts';
import { signedIn, startSite } from '../support/site.ts';

const urls = await freshDatabase();
await publish(urls.owner, serviceTypes);
const site = await startSite(urls.web);
const own = { origin: site.url };
const { sql, aPerson, aRequest, aServiceType } = await makersOn(urls.owner);

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
  expect(answer.headers.get('content-security-policy')).toMatch(/frame-ancestors '(self|none)'|sandbox/);
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

const [ada, ben, grace] = [await aPerson(), await aPerson(), await aPerson('agent', { name: 'Grace Hall' })];
const general = serviceTypes.find(({ code }) => code === 'GENERAL');
await aServiceType('BILL-QUESTION', { ...general, code: 'BILL-QUESTION' });
const asked = await aRequest(ada);
await sql(`update person set two_factor_enabled = true where id = $1`, [grace.id]);
await sql(
  `insert into promise (request_id, kind, minutes, due_at) values ($1, 'first_response', 60, now() + interval '1 hour')`,
  [asked.id]
);
await sql(`insert into request_event (request_id, kind, actor_role) values ($1, 'submitted', 'customer')`, [
  asked.id
]);
// Such requests take days; and somebody was there already, so that its page asks how that went.
await sql(`insert into wait_curve (service_type, channel, hours) values ('BILL-QUESTION', 'web', $1)`, [
  Array.from({ length: 22 }, (_, nth) => 24 * (nth + 2))
]);
await sql(
  `insert into visit (request_id, on_day, from_time, to_time, state, ended_at)
   values ($1, current_date, '08:00', '12:00', 'done', now())`,
  [asked.id]
);
const coming = await aRequest(ada, { status: 'scheduled' });

const roads: [who: string, somebody: Somebody, path: string, language: string, road: 'short' | 'long'][] = [
  ['their list', ada, '/requests', 'en', 'short'],
  ['their list in Spanish', ada, '/requests', 'es', 'short'],
  ['a part of it', ada, '/requests?show=past', 'en', 'short'],
  ['an empty one', ben, '/requests', 'en', 'short'],
  ['a page that is not there any more', ben, '/requests?page=3', 'en', 'long'],
  ['their request', ada, `/requests/${asked.reference}`, 'en', 'short'],
  ['their request, read in Spanish', ada, `/requests/${asked.reference}`, 'es', 'short'],
  ['a request with a visit to come', ada, `/requests/${coming.reference}`, 'en', 'short'],
  [
    'their request under a reference typed small',
    ada,
    `/requests/${asked.reference.toLowerCase()}`,
    'en',
    'long'
  ],
  ['the request of somebody else', ben, `/requests/${asked.reference}`, 'en', 'long'],
  ['a request that is none', ada, '/requests/ZZZZ-2222', 'en', 'long'],
  ['the list, at the desk', grace, '/requests', 'en', 'long']
];

test.each(roads)('%s looks the same by whichever road', async (_what, who, path, language, road) => {
  const cookie = `${await signedIn({ sql }, who)}; locale=${language}; hearth.spoken=${language}`;
  // What no page asks for goes the long road; and the first to come in a language has the frame drawn for the others.
  const long = await whole(`${path}${path.includes('?') ? '&' : '?'}long=1`, cookie);
  const short = await whole(path, cookie);
  expect(short.page).toBe(long.page);
  expect([long.road, short.road]).toEqual(['long', road]);
});

test('what a page is refreshed with is what it began with, and what it says of waiting is kept once', async () => {
  const cookie = `${await signedIn({ sql }, ada)}; hearth.spoken=en`;
  const path = `/requests/${asked.reference}`;
  await sql('delete from wait_estimate');
  const first = await whole(path, cookie);
  const again = await whole(path, cookie, { 'sec-fetch-dest': 'empty' });
  expect(first.road).toBe('short');
  expect(first.page).toMatch(/It will most likely be done .*name="score"/s);
  expect(again).toEqual(first);
  expect(await sql('select awaits from wait_estimate where request_id = $1', [asked.id])).toHaveLength(1);
});

test('what somebody else asks for and what is not there are one and the same to them', async () => {
  const cookie = `${await signedIn({ sql }, ben)}; hearth.spoken=en`;
  const [foreign, none] = [asked.reference, 'ZZZZ-2222'];
  const answers = await Promise.all(
    [foreign, none].map((reference) => whole(`/requests/${reference}`, cookie))
  );
  expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  expect(answers[0]?.page.replaceAll(foreign, none)).toBe(answers[1]?.page);
});

test('a danger is heard in what somebody looks for', async () => {
  const cookie = `${await signedIn({ sql }, ada)}; hearth.spoken=en`;
  for (const path of ['/requests?q=', '/requests?show=open&q=', '/requests?page=2&%71=']) {
    const answer = await whole(`${path}${encodeURIComponent('I smell gas in my kitchen')}`, cookie);
    expect([path, answer.status, answer.location]).toEqual([
      path,
      303,
      expect.stringContaining('/emergency/')
    ]);
  }
});

test.each([
  ['has signed out', 'delete from sign_in_session where person_id = $1'],
  [
    'was away too long',
    `update sign_in_session set expires_at = now() - interval '1 second' where person_id = $1`
  ]
])('no road is open to whoever %s', async (_what, leave) => {
  const who = await aPerson();
  const { reference } = await aRequest(who);
  const cookie = `${await signedIn({ sql }, who)}; hearth.spoken=en`;
  const paths = ['/requests', `/requests/${reference}`];
  for (const path of paths) expect((await whole(path, cookie)).status).toBe(200);
  await sql(leave, [who.id]);
  for (const path of paths) {
    const { status, location } = await whole(path, cookie);
    expect([path, status, location]).toEqual([path, 303, expect.stringMatching(/^\/sign-in/)]);
  }
});

/** A page with its headers, without what differs from one time to the next, and by which road it came. */
async function whole(path: string, cookie: string, more: Record<string, string> = {}) {
  const answer = await fetch(site.url + path, {
    headers: { cookie, accept: 'text/html', ...more },
    redirect: 'manual'
  });
  const passing = /^(date|etag|content-length|transfer-encoding|x-sveltekit-page)$/;
  const headers = [...answer.headers].filter(([name]) => !passing.test(name));
  const html = (await answer.text())
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '·')
    .replaceAll(/nonce[-=]"?[^"' ]*["']?/g, '')
    // Marks of Svelte, and how far apart things stand in the text.
    .replaceAll(/<!--.*?-->/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(?<=>) | (?=<)/g, '');
  // The head says the same in another order.
  const [head = '', body = ''] = html.split('</head>');
  const page = [...headers.map((header) => header.join(': ')).sort(), ...head.split(/(?=<)/).sort(), body]
    .join('\n')
    .replaceAll(/(\?|&|&amp;)long=1|\?(?=\n)/g, '');
  const byKit = answer.status !== 200 || answer.headers.has('x-sveltekit-page');
  const location = answer.headers.get('location');
  return { page, status: answer.status, location, road: byKit ? 'long' : 'short' };
}
