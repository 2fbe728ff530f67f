/** Whatever is set up or changed of refills is written to whom they are ordered for: once, and only while it is so. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { ordersOn } from '../../../../tests/support/orders.ts';
import { system, type Customer } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { changeAtDesk, changeRefills, endRefills, pauseRefills, skipTurn, startRefills } from './commands.ts';
import { refillJobs } from './jobs.ts';

const urls = await freshDatabase();
const { aPerson, sql } = await makersOn(urls.owner);
const { home } = await ordersOn(sql);
const database = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => Promise.all([database.close(), worker.close()]));

const sent: { subject: string; text: string; to: string }[] = [];
const post = { send: async (letter: (typeof sent)[number]) => void sent.push(letter) };
const jobs = refillJobs(post as never, {
  ...{ origin: 'https://hearth.example', utilityName: 'Hearth', emergencyPhone: '911' },
  ...{ timeZone: 'UTC', currency: 'USD' }
});
const today = new Date().toISOString().slice(0, 10);
const inDays = (days: number) => Temporal.PlainDate.from(today).add({ days }).toString();

/** What was queued since, sent twice over. */
async function told() {
  sent.length = 0;
  const waiting = await sql<{ payload: never }>(
    `delete from outbox where job = 'orders.tell_plan' returning payload`
  );
  for (const { payload } of [...waiting, ...waiting])
    await jobs['orders.tell_plan'](worker.as(system), payload);
  return sent;
}

test('set up, changed, skipped, paused, taken up again and ended: each is one letter to its customer', async () => {
  const ada = (await aPerson()) as Customer & { name: string; email: string };
  const { account, premises } = await home(ada.id);
  const [her, grace] = [database.as(ada), await aPerson('agent')];
  const wish = { product: 'CYL-20', quantity: 2, weeks: 4, next_on: inDays(20) };
  const form = { key: randomUUID(), account, premises, wish };
  const plan = await startRefills(her, ada, form);
  await startRefills(her, ada, form);
  const [letter, ...more] = await told();
  expect(more).toEqual([]);
  expect(letter).toMatchObject({ to: ada.email, subject: 'Your regular refills are set up' });
  for (const words of ['2 × Propane, 20 lb', 'Every 4 weeks', '$43.98 each time', 'deposit of $40.00', plan])
    expect(letter?.text).toContain(words);

  const subjects = async () => (await told()).map(({ subject }) => subject);
  await changeRefills(her, ada, plan, { quantity: 2, weeks: 4, next_on: inDays(20) });
  expect(await subjects()).toEqual([]);
  await changeRefills(her, ada, plan, { quantity: 1, weeks: 6, next_on: inDays(20) });
  expect(await subjects()).toEqual(['Your regular refills have changed']);
  await skipTurn(her, ada, plan, { period: 1, today, zone: 'UTC' });
  await skipTurn(her, ada, plan, { period: 1, today, zone: 'UTC' });
  expect(await subjects()).toEqual(['One of your regular refills is left out']);
  await pauseRefills(her, ada, plan);
  expect(await subjects()).toEqual(['Your regular refills are paused']);
  await changeAtDesk(database.as(grace), grace, { plan, what: 'resume', today, of: [account] });
  expect(await subjects()).toEqual(['Your regular refills go on']);
  // What is over by the time is not told any more.
  await pauseRefills(her, ada, plan);
  await endRefills(her, ada, plan);
  expect(await subjects()).toEqual(['Your regular refills have ended']);
});
