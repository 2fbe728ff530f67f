/** What somebody is typing is theirs: its key, in an address or in a form, opens and changes it for nobody else. */
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { freshDatabase } from '../support/database.ts';
import { makersOn } from '../support/makers.ts';
import { signedIn, startSite } from '../support/site.ts';

const urls = await freshDatabase();
const { sql, aPerson, aServiceType, aRequest } = await makersOn(urls.owner);
await publish(urls.owner, serviceTypes);
const site = await startSite(urls.web);

const ada = await aPerson();
const viewer = await aPerson('customer', { name: 'Vera View' });
await aServiceType('BILL-QUESTION', {
  ...serviceTypes.find(({ code }) => code === 'GENERAL'),
  code: 'BILL-QUESTION'
});
const request = await aRequest(ada);
await shareWith(viewer.id);
const agent = await aPerson('agent', { name: 'Grace Hill', secondFactor: true });
const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#c60' } })
  .png()
  .toBuffer();
const cookies = {
  'the writer': await signedIn({ sql }, ada),
  'another customer': await signedIn({ sql }, await aPerson()),
  'who sees the account': await signedIn({ sql }, viewer),
  nobody: ''
};
const words = 'Words that only Ada has typed';

const places = [
  ['a new request', '/requests/new/GENERAL', 'request:GENERAL', 'description', '/draft'],
  ['a reply', `/requests/${request.reference}`, `reply:${request.reference}`, 'text', '?/reply']
] as const;

test.each(places)(
  'the draft of %s is shown by its key only to who wrote it',
  async (_, path, form, field) => {
    const key = await aDraft(form, field);
    const pages = await Promise.all(
      Object.entries(cookies).map(async ([who, cookie]) => {
        const [known, unknown] = [await open(path, key, cookie), await open(path, randomUUID(), cookie)];
        if (who !== 'the writer') expect([who, told(known)]).toEqual([who, told(unknown)]);
        return [who, known.includes(words)];
      })
    );
    expect(Object.fromEntries(pages)).toEqual({
      'the writer': true,
      'another customer': false,
      'who sees the account': false,
      nobody: false
    });
  }
);

test.each(places)('the draft of %s is changed by nobody else', async (_, path, form, field, to) => {
  const key = await aDraft(form, field);
  for (const [who, cookie] of Object.entries(cookies)) {
    if (who === 'the writer') continue;
    // Nothing to send, so that it would be kept as a draft and no more: as one of their own.
    await fetch(site.url + path + to, {
      method: 'POST',
      body: new URLSearchParams({ key, [field]: ' ' }),
      headers: { origin: site.url, cookie },
      redirect: 'manual'
    });
    const hers = await sql('select typed from draft where key = $1 and person_id = $2', [key, ada.id]);
    expect(hers, who).toEqual([{ typed: { [field]: words } }]);
  }
});

test.each([
  ['a customer', () => signedIn({ sql }, ada), `/requests/${request.reference}?/reply`],
  ['an agent', () => signedIn({ sql }, agent), `/desk/requests/${request.reference}?/note`]
])('%s whose key was used for another message keeps their words and files', async (who, signIn, path) => {
  const file = `${who}.png`;
  const [key, cookie] = [randomUUID(), await signIn()];
  expect((await send(path, cookie, key, 'The first message')).status).toBeLessThan(400);

  const refused = await send(path, cookie, key, 'Quite another one', { file });
  expect(refused.status).toBe(409);
  expect(refused.html).toContain('Quite another one');
  expect(refused.html).toContain(file);
  const keys = [...refused.html.matchAll(/name="key" value="([^"]+)"/g)].map(([, found]) => found);
  const [chosen] = await files(file);
  expect([chosen?.request_id, keys.includes(chosen?.form_key)]).toEqual([null, true]);

  const again = { attachment: /name="attachment" value="([^"]+)"/.exec(refused.html)?.[1] ?? '' };
  const sent = await send(path, cookie, chosen?.form_key ?? '', 'Quite another one', again);
  expect(sent.status).toBeLessThan(400);
  expect(await files(file)).toMatchObject([{ request_id: request.id }]);
});

const files = (name: string) =>
  sql<{ form_key: string; request_id: string | null }>(
    'select form_key, request_id from attachment where name = $1',
    [name]
  );

async function send(
  path: string,
  cookie: string,
  key: string,
  text: string,
  more: { file?: string; attachment?: string } = {}
) {
  const body = new FormData();
  body.append('key', key);
  body.append('text', text);
  if (more.file) body.append('file', new Blob([picture], { type: 'image/png' }), more.file);
  if (more.attachment) body.append('attachment', more.attachment);
  const headers = { cookie, origin: site.url, accept: 'text/html' };
  const answer = await fetch(site.url + path, { method: 'POST', body, headers, redirect: 'manual' });
  return { status: answer.status, html: await answer.text() };
}

async function aDraft(form: string, field: string) {
  const key = randomUUID();
  await sql('insert into draft (key, form, typed, person_id) values ($1, $2, $3, $4)', [
    key,
    form,
    { [field]: words },
    ada.id
  ]);
  return key;
}

async function open(path: string, key: string, cookie: string) {
  const answer = await fetch(`${site.url}${path}?key=${key}`, { headers: { cookie }, redirect: 'manual' });
  return `${answer.status} ${await answer.text()}`;
}

/** What a page tells, without what is new each time. */
const told = (page: string) =>
  page
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '·')
    .replace(/nonce="[^"]*"/g, '')
    .replace(/__sveltekit_\w+/g, '');

async function shareWith(person: string) {
  const [account] = await sql<{ id: string }>(
    `insert into account (number, holder) values ('10000001', 'Ada Brook') returning id`
  );
  await sql(
    `insert into account_member (account_id, person_id, kind, scope) values ($1, $2, 'authorised', 'view')`,
    [account?.id, person]
  );
  await sql('update request set account_id = $1 where id = $2', [account?.id, request.id]);
}
