/** A number is proved by a code that is sent to it: soon, few times, and by nobody else. */
import { expect, test } from 'vitest';
import { texting } from '../../../../tests/support/texts.ts';
import { partsOfText } from '#lib/platform/texting.ts';
import { detailsOf } from './details.ts';
import { personalChanges } from './personal-changes.ts';
import { askForCode, codeWaits, confirmCode, textNumberOf } from './text-number.ts';

const { web, auth, sql, aPerson, sent, from, someone, work, codeSentTo, texted, wish } = await texting();

test('a code proves the number: sent once, never kept in the open, written down and told by a letter', async () => {
  const ada = await someone('(207) 555-0134');
  await askForCode(auth, ada, from());
  const [kept] = await sql<{ sealed: string }>('select sealed from text_code where person_id = $1', [ada.id]);
  const queued = JSON.stringify(await sql('select payload from outbox'));
  await work();
  const code = /\b\d{6}\b/.exec(sent[0]?.text ?? '')?.[0] ?? 'none';
  expect(sent).toMatchObject([{ to: '+12075550134', from: 'Northgate' }]);
  expect(partsOfText(sent[0]?.text ?? '')).toBe(1);
  expect(kept?.sealed).not.toContain(code);
  expect(queued).not.toContain(code);

  expect(await codeWaits(auth.db, ada.id)).toBe(true);
  await confirmCode(auth, ada, ` ${code.slice(0, 3)} ${code.slice(3)}`, from());
  expect(await textNumberOf(web.as(ada), ada.id)).toMatchObject({ number: '+12075550134', stopped_at: null });
  expect(await codeWaits(auth.db, ada.id)).toBe(false);
  const { changes } = await personalChanges(web.as(ada), { person: ada.id, accounts: [] });
  expect(changes).toMatchObject([{ action: 'person.phone_verified', by: 'self' }]);
  expect(await work()).toEqual(['people.send_letter']);
  await expect(confirmCode(auth, ada, code, from())).rejects.toThrow('texts_code_wrong');
});

test('a wrong code is refused, and after five even the right one', async () => {
  const ada = await someone();
  const code = await codeSentTo(ada);
  const wrong = code === '000000' ? '000001' : '000000';
  for (let tries = 0; tries < 5; tries += 1)
    await expect(confirmCode(auth, ada, wrong, from())).rejects.toThrow('texts_code_wrong');
  expect(await codeWaits(auth.db, ada.id)).toBe(false);
  await expect(confirmCode(auth, ada, code, from())).rejects.toThrow('texts_code_wrong');
  expect(await textNumberOf(web.as(ada), ada.id)).toBeNull();
});

test('a code is good for ten minutes, the newest alone, and for its number alone', async () => {
  const ada = await someone();
  const [first, second] = [await codeSentTo(ada), await codeSentTo(ada)];
  if (first !== second) await expect(confirmCode(auth, ada, first, from())).rejects.toThrow();
  await sql(`update text_code set expires_at = now() - interval '1 second' where person_id = $1`, [ada.id]);
  await expect(confirmCode(auth, ada, second, from())).rejects.toThrow('texts_code_wrong');

  const third = await codeSentTo(ada);
  await wish(ada, { phone: '+1 207 555 8888' });
  await expect(confirmCode(auth, ada, third, from())).rejects.toThrow('texts_code_wrong');
});

test('nobody is flooded with codes: by person, and by the number whoever asks', async () => {
  const ada = await someone('207 555 7001');
  for (let tries = 0; tries < 4; tries += 1) await askForCode(auth, ada, from());
  await expect(askForCode(auth, ada, from())).rejects.toThrow('too_many');
  const eve = await someone('+1 207-555-7001');
  await expect(askForCode(auth, eve, from())).rejects.toThrow('too_many');
});

test('what is no mobile of the country gets no code', async () => {
  for (const phone of ['555 0134', '+44 7700 900123', null]) {
    const ada = await someone(phone);
    await expect(askForCode(auth, ada, from())).rejects.toThrow('texts_no_mobile');
  }
});

test('that somebody else has proved a number is no news to anybody', async () => {
  const [ada, eve] = [await texted('207 555 7002'), await someone('207 555 7002')];
  await confirmCode(auth, eve, await codeSentTo(eve), from());
  expect(await textNumberOf(web.as(eve), eve.id)).toMatchObject({ number: '+12075557002' });
  expect(await textNumberOf(web.as(eve), ada.id)).toBeNull();
  expect(await textNumberOf(web.as(await aPerson('agent')), ada.id)).toMatchObject({
    number: '+12075557002'
  });
});

test('another number is not verified, the same one written otherwise is', async () => {
  const ada = await texted('207 555 7003');
  await wish(ada, { channel: 'text' });
  await wish(ada, { phone: '(207) 555-7003' });
  expect(await textNumberOf(web.as(ada), ada.id)).not.toBeNull();
  await wish(ada, { phone: '207 555 7004' });
  expect(await textNumberOf(web.as(ada), ada.id)).toBeNull();
  expect((await detailsOf(web.as(ada), ada.id)).channel).toBe('email');
});

test('no page says of itself that a number is proved, and none is preferred that is not', async () => {
  const ada = await someone();
  await expect(wish(ada, { channel: 'text' })).rejects.toThrow('verified');
  const insert = web.as(ada).insertInto('text_number').values({ person_id: ada.id, number: '+12075550134' });
  await expect(insert.execute()).rejects.toThrow('permission denied');
});
