/** What counts as alike, the widest first; each speaks for itself as far as it has seen enough. */
import { hourOfWeek } from './week.ts';

/** Something that is waited for. Times in hours from any beginning. */
export type Waiting = { id: string; opened: number; type: string; queue: string; channel: string };

/** With how many things each kind begins that went as the wider one's. */
export const borrowed = [0, 4, 4, 10, 20] as const;

/** Two ways to the same: by type first, and by queue first. */
export function roadsTo({ type, queue, channel, opened }: Waiting): string[][] {
  const hour = hourOfWeek(opened);
  const part = hour % 24 >= 17 || hour % 24 < 7 ? 'night' : 'day';
  const narrow = [
    `${type}|${queue}`,
    `${type}|${queue}|${channel}`,
    `${type}|${queue}|${channel}|${Math.floor(hour / 24)}${part}`
  ];
  return [
    ['', `t${type}`, ...narrow],
    ['', `q${queue}`, ...narrow]
  ];
}

export const kindsOf = (one: Waiting): string[] => [...new Set(roadsTo(one).flat())];
