/** After every cut of its line, an open page shows what a fresh load shows. The long version is `prove/stream.ts`. */
import { expect, test } from './journey.ts';
import { chance } from '../../bin/seed/chance.ts';
import {
  differences,
  lastState,
  openTab,
  takeSeat,
  untilState,
  type Seat
} from '../../prove/live/browsers.ts';
import type { Cut } from '../../prove/live/line.ts';
import { act, ask } from './asks.ts';
import { grace, sam, signIn } from './demo.ts';
import { aNewcomer, password } from './people.ts';

const luck = chance(1);

test('pages are right again after their lines were cut, whatever happened meanwhile', async ({
  browser,
  page,
  baseURL
}) => {
  test.slow();
  const port = Number(new URL(baseURL ?? '').port);
  // Somebody for whom nothing else happens meanwhile: the desk tells what else a customer has asked.
  const newcomer = await aNewcomer(page);
  const reference = await ask(page, { words: 'Which tariff is mine?' });
  const desk = await browser.newPage();
  await signIn(desk, sam);

  const seats = [await takeSeat(browser, port, newcomer, password), await takeSeat(browser, port, grace)];
  const [customer, agent] = seats;
  if (!customer || !agent) return;
  const none = /^$/;
  await openTab(
    customer,
    { name: 'the request', shows: '#live, #acts', follows: none },
    `/requests/${reference}`
  );
  await openTab(customer, { name: 'the list', shows: '#live', follows: none }, '/requests');
  await openTab(
    agent,
    { name: 'the request', shows: 'main', follows: none },
    `/desk/requests/${reference}?queue=all&search=${reference}`
  );
  await untilLive(seats);

  const make = (action: string, form: Record<string, string>) => act(desk, reference, action, form);
  const say = (action: string, text: string, then: Record<string, string> = {}) =>
    make(action, { text, ...then });

  const story: [Cut, () => Promise<void>][] = [
    ['mid-event', () => make('take', {})],
    ['pages', () => make('priority', { priority: '2' })],
    ['mid-headers', () => say('note', 'Between us: look twice.')],
    ['black-out', () => say('reply', 'Which meter is it?', { then: 'waiting' })],
    ['hang-up', () => make('status', { status: 'open' })],
    ['reset', () => say('reply', 'It is the day tariff.', { then: 'resolved' })]
  ];
  for (const [how, happens] of story) {
    await test.step(how, async () => {
      for (const { line } of seats) line.cut(how, luck.whole(0, 220));
      await happens();
      if (how === 'black-out')
        for (const { page: seen } of seats.flatMap(({ tabs }) => tabs))
          expect(await untilState(seen, 'connecting', 20_000), 'a person sees that the line is gone').toBe(
            true
          );
      for (const { line } of seats) line.mend();
      await untilLive(seats);
      for (const seat of seats) expect(await differences(seat, 30_000)).toEqual([]);
    });
  }
  // For a moment after a cut two may call: one of them gives way.
  await expect
    .poll(() => seats.map(({ line }) => line.streams().open), 'all tabs of a browser share one stream')
    .toEqual([1, 1]);
  expect(customer.line.said()).not.toMatch(/"kind":"(note|priority)"/);
  for (const { line, context, mirror } of seats) {
    await context.close();
    await mirror.close();
    line.close();
  }
});

async function untilLive(seats: Seat[]) {
  for (const { page } of seats.flatMap(({ tabs }) => tabs))
    expect(await lastState(page, 'live', 60_000)).toBe('live');
}
