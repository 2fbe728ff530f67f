/** What the utility promises for a kind of request, and the clocks that this starts. */
import { addWorkingMinutes } from './calendar.ts';
import { start, type Clock, type PromiseKind } from './clock.ts';
import type { Calendars, Hours } from './hours.ts';

export interface Pledge {
  first_response_hours: number;
  resolution_hours?: number | undefined;
  hours: Hours;
}

export type NewPromise = Clock & { kind: PromiseKind; minutes: number; hours: Hours };

/** The promises that begin when a request comes in. */
export function promisesOf(calendars: Calendars, pledge: Pledge, now: Date): NewPromise[] {
  const { hours } = pledge;
  return minutesOf(pledge).map(([kind, minutes]) => ({
    ...start(calendars[hours], minutes, now),
    kind,
    minutes,
    hours
  }));
}

/** By when the first of them is due: what a new request is queued by. */
export function firstDue(calendars: Calendars, pledge: Pledge, now: Date): Date {
  const minutes = Math.min(...minutesOf(pledge).map(([, each]) => each));
  return addWorkingMinutes(calendars[pledge.hours], now, minutes);
}

function minutesOf({ first_response_hours, resolution_hours }: Pledge): [PromiseKind, number][] {
  const first: [PromiseKind, number] = ['first_response', Math.ceil(first_response_hours * 60)];
  return resolution_hours ? [first, ['resolution', Math.ceil(resolution_hours * 60)]] : [first];
}
