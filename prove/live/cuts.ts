/** When which line is cut, and how: by chance, but by the same chance for the same seed. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../../bin/seed/chance.ts';
import { untilState, type Seat } from './browsers.ts';
import type { Cut } from './line.ts';

/** Silence is noticed only after most of a minute, so it is rare. */
const usual: [Cut | null, number][] = [
  [null, 1],
  ['reset', 3],
  ['hang-up', 2],
  ['mid-event', 4],
  ['mid-headers', 2],
  ['black-out', 3],
  ['pages', 3]
];

export interface Plan {
  seat: Seat;
  how: Cut | null;
  /** How long before or after the change, in milliseconds. */
  after: number;
  bytes: number;
  /** How long the line stays cut. */
  lasts: number;
}

export const planFor = (seat: Seat, luck: Chance, forced?: Cut): Plan => ({
  seat,
  how: forced ?? luck.weighted(usual),
  after: luck.one([0, 0, luck.whole(1, 60), luck.whole(60, 1500)]),
  bytes: luck.whole(0, 220),
  lasts: luck.whole(300, 4000)
});

/** Cuts as planned while the change is made, and lets the line be mended again. */
export async function cutWhile(plans: Plan[], luck: Chance, make: () => Promise<unknown>): Promise<string[]> {
  const first = luck.falls(0.5);
  const wrong: string[] = [];
  const cutting = Promise.all(
    plans.map(async ({ seat, how, after, bytes, lasts }) => {
      await pause(after);
      if (!how) return;
      seat.line.cut(how, bytes);
      // A person sees that the line is gone, for as long as it is.
      if (how === 'black-out')
        for (const { name, page } of seat.tabs)
          if (!(await untilState(page, 'connecting', 20_000)))
            wrong.push(`${seat.name}, ${name}: nobody sees that the line is gone`);
      await pause(lasts);
    })
  );
  if (first) await pause(luck.whole(0, 1000));
  await Promise.all([cutting, make()]);
  for (const { seat } of plans) seat.line.mend();
  return wrong;
}
