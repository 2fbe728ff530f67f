/** Letters as text messages: once, by the ways their reader wants, and by e-mail where no text reaches them. */
import { expect, test } from 'vitest';
import { origin, texting } from '../../../../tests/support/texts.ts';
import type { Customer } from '#lib/platform/actor.ts';
import { sendOnce } from '#lib/platform/server/mail.ts';
import { detailsOf } from './details.ts';
import { waysNow } from './letter-gate.ts';
import { personalChanges } from './personal-changes.ts';
import { confirmCode, textNumberOf, turnTexts } from './text-number.ts';

const { db, web, auth, sql, jobs, post, mails, sent, told, from, work, codeSentTo, texted, wish } =
  await texting();

const letter = {
  to: 'ada@customer.example',
  locale: 'en' as const,
  subject: 'An answer to your request 7KQ4-M2XR',
  text: `Dear Ada,\n\nRead it here:\n\n${origin}/requests/7KQ4-M2XR#new`
};

/** As a job does that writes to somebody: it asks the gate, and sends. */
async function tell(ada: Customer, key: string) {
  const again = {
    job: 'people.send_letter',
    payload: { letter: 'reactivated', person: ada.id, entry: key }
  } as const;
  const ways = await waysNow(db, ada.id, { kind: 'request' }, 'UTC', again);
  if (!ways) return 'never';
  return sendOnce(db, post, { key, kind: 'answered', person: ada.id, request: null, ways }, letter);
}

test('a letter goes as a text once, with one link, and the first one says how to stop', async () => {
  const ada = await texted();
  await wish(ada, { texted: ['request'], muted: ['request'] });
  expect(await tell(ada, 'told 1')).toBe('texted');
  expect(await tell(ada, 'told 1')).toBe('texted');
  await work();
  await work();
  expect(sent.map(({ text }) => text)).toEqual([
    `Northgate Gas: An answer to your request 7KQ4-M2XR ${origin}/requests/7KQ4-M2XR To stop texts: ${origin}/account/texts`
  ]);
  await tell(ada, 'told 2');
  await work();
  expect(sent[1]?.text).toBe(
    `Northgate Gas: An answer to your request 7KQ4-M2XR ${origin}/requests/7KQ4-M2XR`
  );
  expect(mails).toEqual([]);
  expect(await sql('select number, words, state from text_message where person_id = $1', [ada.id])).toEqual(
    Array(2).fill({ number: null, words: null, state: 'sent' })
  );
});

test('who wants both gets both, and where no texts are sent all goes by e-mail', async () => {
  const ada = await texted();
  await wish(ada, { texted: ['request'] });
  expect(await tell(ada, 'both 1')).toBe('sent');
  await work();
  expect([sent.length, mails.length]).toEqual([1, 1]);

  await wish(ada, { muted: ['request'] });
  const ways = await waysNow(db, ada.id, { kind: 'request' }, 'UTC', {
    job: 'people.forget_expired',
    payload: {}
  });
  const about = { key: 'both 2', kind: 'answered', person: ada.id, request: null, ways };
  expect(await sendOnce(db, { ...post, texts: null }, about, letter)).toBe('sent');
});

test('a gateway that is away is tried again; after an hour the letter is mailed', async () => {
  const ada = await texted();
  await wish(ada, { texted: ['request'], muted: ['request'] });
  await work();
  await tell(ada, 'away 1');
  told.status = 503;
  await expect(work()).rejects.toThrow('503');
  const [waiting] = await sql<{ id: string }>(`select id from text_message where key = 'away 1'`);
  const text = waiting?.id ?? '';
  await sql(`update text_message set made_at = now() - interval '61 minutes' where id = $1`, [text]);
  await jobs['people.text_news'](db, { text });
  expect(await work()).toEqual(['people.send_letter']);
  expect(await tell(ada, 'away 1')).toBe('sent');
  expect(sent).toEqual([]);
});

test('what had to wait for the gateway does not ring at night: it asks anew when it may go', async () => {
  const ada = await texted();
  await wish(ada, { texted: ['request'], muted: ['request'] });
  await work();
  await tell(ada, 'night 1');
  await sql(
    `update contact_wish set quiet_from = (now() at time zone 'UTC' - interval '1 hour')::time,
       quiet_until = (now() at time zone 'UTC' + interval '1 hour')::time where person_id = $1`,
    [ada.id]
  );
  await sql(`update text_message set made_at = now() - interval '5 minutes' where key = 'night 1'`);
  expect(await work()).toEqual(['people.send_letter']);
  expect(sent).toEqual([]);
});

test('a number that cannot be texted is tried no more: its letter is mailed, they and the desk know', async () => {
  const ada = await texted();
  await wish(ada, { texted: ['request'], muted: ['request'] });
  await work();
  await tell(ada, 'gone 1');
  told.status = 422;
  expect((await work()).toSorted()).toEqual(['people.send_letter', 'people.send_letter']);
  expect((await textNumberOf(web.as(ada), ada.id))?.failed_at).toBeInstanceOf(Date);
  expect(await tell(ada, 'gone 1')).toBe('sent');
  expect(await tell(ada, 'gone 2')).toBe('sent');
  const { changes } = await personalChanges(web.as(ada), { person: ada.id, accounts: [] });
  expect(changes[0]).toMatchObject({ action: 'person.texts_failed', by: 'hearth' });

  told.status = 202;
  await confirmCode(auth, ada, await codeSentTo(ada), from());
  expect(await tell(ada, 'gone 3')).toBe('texted');
});

test('they stop their texts and turn them on again, and what waits then is mailed', async () => {
  const ada = await texted();
  await wish(ada, { texted: ['request'], muted: ['request'], channel: 'text' });
  await work();
  await tell(ada, 'stop 1');
  await turnTexts(auth, ada, false);
  expect((await work()).toSorted()).toEqual(['people.send_letter', 'people.send_letter']);
  expect(sent).toEqual([]);
  expect((await detailsOf(web.as(ada), ada.id)).channel).toBe('email');
  await turnTexts(auth, ada, false);
  expect(await work()).toEqual([]);
  await turnTexts(auth, ada, true);
  expect(await tell(ada, 'stop 2')).toBe('texted');
});
