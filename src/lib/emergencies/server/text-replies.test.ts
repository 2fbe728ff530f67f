/** A reply to a text that speaks of danger: an emergency is opened with its number, and what to do is texted back. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { textGateway } from '../../../../tests/support/text-gateway.ts';
import { nobody, system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { openTexts } from '#lib/platform/server/text-gateway.ts';
import { mostParts, partsOfText } from '#lib/platform/texting.ts';
import { safetyWording, wordingLocales, type Jurisdiction } from '#lib/safety/wording.ts';
import { answerJobs, answerText, hearTextReply, type AnswerHead } from './text-replies.ts';

const urls = await freshDatabase();
const { sql } = await makersOn(urls.owner);
const web = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([web.close(), worker.close()]));
const secret = 'a secret of tests, of thirty-two signs';
const { office, sent, told } = await textGateway();
const head: AnswerHead = {
  ...{ utilityName: 'Northgate Gas', origin: 'https://service.northgate.example', jurisdiction: 'US' },
  ...{ supply: 'piped', emergencyPhone: '1-800-555-0199', cylinderPhone: '1-800-555-0198' }
};
const jobs = answerJobs(openTexts(office), head);
const from = '+12075550134';

beforeEach(() => {
  sent.length = 0;
  told.status = 202;
});

const answers = () =>
  sql<{ payload: { emergencyId: string } }>(
    `delete from outbox where job = 'emergencies.answer_text' returning payload`
  );

test('danger in a reply opens a record with the number, alarms, and is answered with what to do', async () => {
  await hearTextReply(web.as(nobody), { from, text: 'huele mucho a gas en la cocina' }, secret);
  const calls = await sql('select channel, phone, locale, hazard, alarms, shown_at from emergency');
  expect(calls).toEqual([
    { channel: 'text', phone: from, locale: 'es', hazard: 'gas', alarms: true, shown_at: null }
  ]);
  const [job] = await answers();
  await jobs['emergencies.answer_text'](worker.as(system), { emergencyId: job?.payload.emergencyId ?? '' });
  expect(sent[0]?.to).toBe(from);
  expect(sent[0]?.text).toMatch(/^Northgate Gas: .*911.*1-800-555-0199.* https:\S+\/emergency$/);
  expect(
    (await sql<{ shown_at: Date | null }>('select shown_at from emergency'))[0]?.shown_at
  ).not.toBeNull();
});

test('what is harmless opens nothing, and is kept nowhere', async () => {
  const before = await sql('select 1 from emergency');
  await hearTextReply(web.as(nobody), { from, text: 'thank you, see you tomorrow' }, secret);
  expect(await sql('select 1 from emergency')).toHaveLength(before.length);
  expect(await answers()).toEqual([]);
});

test('a gateway that is away is asked again', async () => {
  await hearTextReply(web.as(nobody), { from: '+12075550777', text: 'I smell gas in my house' }, secret);
  const [job] = await answers();
  told.status = 503;
  const emergencyId = job?.payload.emergencyId ?? '';
  await expect(jobs['emergencies.answer_text'](worker.as(system), { emergencyId })).rejects.toThrow('503');
});

test.each(['US', 'UK', 'IN'] satisfies Jurisdiction[])(
  'in %s the answer fits, in every language, with every number',
  (jurisdiction) => {
    for (const locale of wordingLocales)
      for (const hazard of ['gas', 'co', 'fire'] as const)
        for (const supply of ['piped', 'cylinder', 'unknown'] as const) {
          const wording = safetyWording(jurisdiction, locale, hazard, supply);
          const text = answerText(wording, head);
          expect([text, partsOfText(text) <= mostParts]).toEqual([text, true]);
          for (const { number } of wording.lines) expect(text).toContain(number ?? '1-800-555-019');
        }
  }
);
