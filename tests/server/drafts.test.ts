/** What somebody is typing is theirs: its key, in an address or in a form, opens and changes it for nobody else. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { serviceTypes } from '#lib/requests/catalogue/all.ts';
import { publish } from '#lib/requests/server/catalogue.ts';
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
