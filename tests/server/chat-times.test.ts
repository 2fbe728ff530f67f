/** A chat with two people by plain forms alone, as time goes by: an agent vanishes, and the office is closed. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { chatJobs } from '#lib/chat/server/jobs.ts';
import { system } from '#lib/platform/actor.ts';
import { config } from '#lib/platform/server/config.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { freshDatabase } from '../support/database.ts';
import { makersOn } from '../support/makers.ts';
import { signedIn, startSite } from '../support/site.ts';

const urls = await freshDatabase();
const { sql, aPerson } = await makersOn(urls.owner);
await publish(urls.owner, serviceTypes);
const worker = openDatabase(urls.worker, 'hearth_worker');
afterAll(() => worker.close());
const t = wordsFor('en');

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
/** Open around the clock, and open on a day that is neither today nor tomorrow, wherever the utility is. */
const open = await startSite(urls.web, { OFFICE_HOURS: 'Mon-Sun 00:00-24:00', HOLIDAYS: '' });
const closed = await startSite(urls.web, {
  OFFICE_HOURS: `${days[inDays(3).getUTCDay()]} 09:00-17:00`,
  HOLIDAYS: ''
});

test('an agent vanishes: within a minute the chat is in the queue again, the customer is told, and another goes on', async () => {
  const [ada, grace, sam] = [
    await aPerson(),
    await aPerson('agent', { secondFactor: true }),
    await aPerson('agent', { name: 'Sam', secondFactor: true })
  ];
  const [customer, gone, next] = [
    await signedIn({ sql }, ada),
    await signedIn({ sql }, grace),
    await signedIn({ sql }, sam)
  ];
  await post(
    open,
    '/chat?/person',
    { key: randomUUID(), text: 'Who can help me with my deposit?' },
    customer
  );
  const reference = await referenceOf(ada.id);
  expect(await post(open, '/desk/chats?/accept', { id: reference }, gone)).toBe(
    `/desk/requests/${reference}`
  );
  await post(open, '/desk/chats/presence', {}, gone);
  expect(textOf((await ask(open, '/chat', customer)).html)).toContain('You are talking to');

  // Their last sign was just longer ago than a desk may be silent; the watch comes by three times a minute.
  await ago('chat_desk', 'seen_at', config.chatSilence + 1);
  await sql(`update request_event set at = now() - interval '5 minutes' where kind = 'assigned'`);
  await chatJobs['chat.watch'](worker.as(system), {});
  const looks = await sql<{ after: number }>(
    `select extract(epoch from run_at - now())::integer as after from outbox where job = 'chat.give_back' order by run_at`
  );
  const gaps = looks.map(({ after }, n) => after - (looks[n - 1]?.after ?? 0));
  expect(looks).toHaveLength(3);
  expect(config.chatSilence + Math.max(...gaps, 60 - (looks.at(-1)?.after ?? 0))).toBeLessThanOrEqual(60);
  await chatJobs['chat.give_back'](worker.as(system), {});

  const told = await ask(open, '/chat', customer);
  expect(textOf(told.html)).toContain(t('chat.agent_gone'));
  expect(textOf(told.html)).toContain(t('chat.waiting'));
  expect(await post(open, '/chat?/say', { key: randomUUID(), text: 'Are you there?' }, customer)).toMatch(
    /^\/chat/
  );
  await post(open, '/desk/chats?/accept', { id: reference }, next);
  await post(
    open,
    `/desk/requests/${reference}?/reply`,
    { key: randomUUID(), text: 'I am.', seen: '99', then: 'open' },
    next
  );
  const { html } = await ask(open, '/chat', customer);
  for (const words of [
    'Who can help me with my deposit?',
    'Are you there?',
    'I am.',
    'You are talking to Sam'
  ])
    expect(textOf(html)).toContain(words);
});

test('out of hours the chat becomes a request with a promise on the next open day, told on the page and by letter', async () => {
  const ada = await aPerson();
  const customer = await signedIn({ sql }, ada);
  const before = await ask(closed, '/chat?person', customer);
  expect(textOf(before.html)).toContain(t('chat.person'));
  await post(closed, '/chat?/person', { key: randomUUID(), text: 'My cooker needs a new hose.' }, customer);
  const reference = await referenceOf(ada.id);
  const [promise] = await sql<{ due: Date; kind: string; channel: string; letters: number }>(
    `select p.due_at as due, p.kind, r.channel,
            (select count(*)::integer from outbox o where o.payload ->> 'requestId' = r.id::text) as letters
     from request r join promise p on p.request_id = r.id
     where r.requester_id = $1 and p.kind = 'first_response'`,
    [ada.id]
  );
  expect(promise?.channel).toBe('chat');
  expect(promise?.letters).toBeGreaterThan(0);
  // By the utility's clock the office opens on that day and no earlier.
  const due = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', weekday: 'short' });
  expect(due.format(promise?.due)).toBe(days[inDays(3).getUTCDay()]);
  expect(promise?.due.getTime()).toBeGreaterThan(inDays(1).getTime());

  const { html } = await ask(closed, '/chat', customer);
  expect(textOf(html)).toContain(t('chat.closed_now'));
  expect(textOf(html)).toContain(t('chat.closed_text'));
  expect(textOf(html)).toContain(reference);
  expect(textOf(html)).not.toContain('will most likely answer');
  expect((await ask(closed, `/requests/${reference}`, customer)).html).toContain(
    'My cooker needs a new hose.'
  );
});

/** What is read on a page, its tags aside. */
const textOf = (html: string) => html.replace(/^.*<main/s, '').replace(/<[^>]*>/g, ' ');

const ago = (table: string, column: string, seconds: number) =>
  sql(`update ${table} set ${column} = now() - make_interval(secs => $1)`, [seconds]);

async function referenceOf(person: string) {
  const [row] = await sql<{ reference: string }>(
    `select f.reference from request r join request_reference f on f.request_id = r.id where r.requester_id = $1`,
    [person]
  );
  return row?.reference ?? '';
}

type Site = Awaited<ReturnType<typeof startSite>>;

const post = async (site: Site, path: string, typed: Record<string, string>, cookie: string) =>
  (await ask(site, path, cookie, { method: 'POST', body: new URLSearchParams(typed) })).location;

async function ask(site: Site, path: string, cookie: string, init: RequestInit = {}) {
  const headers = { cookie, origin: site.url, accept: 'text/html', 'accept-language': 'en' };
  const answer = await fetch(new URL(path, site.url), { ...init, headers, redirect: 'manual' });
  expect(answer.status, path).toBeLessThan(400);
  return { location: answer.headers.get('location') ?? '', html: await answer.text() };
}
