/** Replies to texts: STOP is heard from the gateway, once, and from nobody else. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { texting } from '../../../../tests/support/texts.ts';
import { textNumberOf, turnTexts } from './text-number.ts';
import { hearReply } from './text-replies.ts';

const { web, auth, work, texted } = await texting();
let nth = 0;

const webhookSecret = 'the secret of the gateway';
function signed(body: string, seconds = Math.floor(Date.now() / 1000), key = webhookSecret) {
  const hex = createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex');
  return { body, signature: `t=${seconds},v1=${hex}`, address: `198.51.100.${(nth += 1)}` };
}
const reply = (id: string, to: string, text: string) => JSON.stringify({ id, from: to, text });

test('whoever answers STOP is texted no more, all who share the telephone, and once', async () => {
  const [ada, eve] = [await texted('207 555 7010'), await texted('207 555 7010')];
  const stop = signed(reply('r-1', '+12075557010', ' Stop. '));
  await hearReply(auth, webhookSecret, stop);
  for (const one of [ada, eve])
    expect((await textNumberOf(web.as(one), one.id))?.stopped_at).toBeInstanceOf(Date);
  expect(await work()).toEqual(['people.send_letter', 'people.send_letter']);

  // The same reply, told again, turns nothing off that was turned on since.
  await turnTexts(auth, ada, true);
  await hearReply(auth, webhookSecret, signed(stop.body));
  expect((await textNumberOf(web.as(ada), ada.id))?.stopped_at).toBeNull();
  await hearReply(auth, webhookSecret, signed(reply('r-2', '+12075557010', 'BAJA')));
  expect((await textNumberOf(web.as(ada), ada.id))?.stopped_at).toBeInstanceOf(Date);
});

test('other words stop nothing', async () => {
  const ada = await texted('207 555 7011');
  await hearReply(auth, webhookSecret, signed(reply('r-3', '+12075557011', 'please stop the leak')));
  expect((await textNumberOf(web.as(ada), ada.id))?.stopped_at).toBeNull();
});

test('what the gateway did not sign, or signed long ago, is not heard; nor is what is no reply', async () => {
  const ada = await texted('207 555 7012');
  const body = reply('r-4', '+12075557012', 'STOP');
  const now = Math.floor(Date.now() / 1000);
  for (const bad of [
    signed(body, now, 'another secret of somebody'),
    signed(body, now - 400),
    { ...signed(body), body: body.replace('r-4', 'r-5') },
    { ...signed(body), signature: null },
    { ...signed(body), signature: 't=1,v1=00' }
  ])
    await expect(hearReply(auth, webhookSecret, bad)).rejects.toThrow('texts_not_signed');
  for (const bad of ['', '[]', '{"id":"x"}', reply('x', 'nobody', 'STOP')])
    await expect(hearReply(auth, webhookSecret, signed(bad))).rejects.toThrow('texts_not_read');
  expect((await textNumberOf(web.as(ada), ada.id))?.stopped_at).toBeNull();
});

test('who guesses at the secret is stopped; right ones do not add up', async () => {
  const address = '198.51.100.250';
  for (let tries = 0; tries < 61; tries += 1)
    await hearReply(auth, webhookSecret, { ...signed(reply(`f-${tries}`, '+12075550000', 'hi')), address });
  const wrong = { ...signed('x', 1), address };
  for (let tries = 0; tries < 60; tries += 1)
    await expect(hearReply(auth, webhookSecret, wrong)).rejects.toThrow('texts_not_signed');
  await expect(hearReply(auth, webhookSecret, wrong)).rejects.toThrow('too_many');
});
