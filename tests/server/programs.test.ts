/** What programs post is left whole and heard when it is signed; and without a gateway no page speaks of texts. */
import { createHmac } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { makersOn } from '../support/makers.ts';
import { signedIn, startSite } from '../support/site.ts';

const urls = await freshDatabase();
const make = await makersOn(urls.owner);
const secret = 'the secret of the gateway';
const texting = await startSite(urls.web, { TEXT_WEBHOOK_SECRET: secret });
const silent = await startSite(urls.web, {
  ...{ TEXT_GATEWAY_URL: '', TEXT_GATEWAY_TOKEN: '', TEXT_FROM: '', TEXT_WEBHOOK_SECRET: secret }
});
const ada = await make.aPerson();
let cookie = '';
beforeAll(async () => {
  cookie = await signedIn(make, ada);
  await make.sql(`update person set phone = '207 555 0134' where id = $1`, [ada.id]);
  await make.sql(`insert into text_number (person_id, number) values ($1, '+12075550134')`, [ada.id]);
});

const page = async (site: { url: string }, path: string) => {
  const answer = await fetch(`${site.url}${path}`, { headers: { cookie, accept: 'text/html' } });
  return { status: answer.status, html: await answer.text() };
};

async function tell(site: { url: string }, body: string, { key = secret } = {}) {
  const seconds = Math.floor(Date.now() / 1000);
  const hex = createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex');
  const headers = { 'content-type': 'application/json', 'hearth-signature': `t=${seconds},v1=${hex}` };
  return (await fetch(`${site.url}/texts/webhook`, { method: 'POST', body, headers })).status;
}
const reply = (id: string, text: string) => JSON.stringify({ id, from: '+12075550134', text });
const stopped = async () =>
  (await make.sql<{ at: Date | null }>('select stopped_at as at from text_number'))[0]?.at ?? null;

test('a reply is heard when it is signed, and its page tells of it', async () => {
  expect(await tell(texting, reply('1', 'STOP'), { key: 'somebody else’s secret' })).toBe(403);
  expect(await tell(texting, reply('1', 'STOP'.padEnd(20_000)))).toBe(422);
  expect(await stopped()).toBeNull();
  expect((await page(texting, '/account/texts')).html).toContain('+12075550134');
  expect(await tell(texting, reply('1', 'STOP'))).toBe(200);
  expect(await stopped()).toBeInstanceOf(Date);
  expect((await page(texting, '/account/texts')).html).toContain('You stopped text messages to +12075550134');
});

test('danger in a reply is in the record of emergencies', async () => {
  expect(await tell(texting, reply('2', 'I smell gas in my kitchen'))).toBe(200);
  expect(await make.sql('select channel, phone from emergency')).toEqual([
    { channel: 'text', phone: '+12075550134' }
  ]);
});

test('without a gateway no page speaks of texts, and nothing is heard', async () => {
  for (const path of ['/account', '/account/letters', '/account/details'])
    expect((await page(silent, path)).html).not.toMatch(/text message|by text/i);
  expect((await page(silent, '/account/texts')).status).toBe(404);
  expect(await tell(silent, reply('3', 'STOP'))).toBe(404);
});

test('the payment provider is heard too: its signature is over the body as it came', async () => {
  const key = 'whsec_of_tests_and_nobody_else';
  const paying = await startSite(urls.web, {
    ...{ STRIPE_SECRET_KEY: 'sk_test_of_tests_and_nobody', STRIPE_WEBHOOK_SECRET: key }
  });
  const seconds = Math.floor(Date.now() / 1000);
  const body = '{"id":"evt_1","object":"event","type":"charge.updated","data":{"object":{}}}';
  const send = async (secret: string) => {
    const hex = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
    const headers = { 'content-type': 'application/json', 'stripe-signature': `t=${seconds},v1=${hex}` };
    return (await fetch(`${paying.url}/payments/webhook`, { method: 'POST', body, headers })).status;
  };
  expect(await send(key)).toBe(200);
  expect(await send('whsec_of_somebody_else')).toBe(422);
});
