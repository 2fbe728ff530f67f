/** What the utility promises for a kind of request, and the clocks that this starts: by when each is due. */
import { beginOfDay, endOfWork, isWorkday, subtractWorkingMinutes, type Calendar } from './calendar.ts';
import { start, type Clock, type PromiseKind } from './clock.ts';
import type { Calendars, Hours } from './hours.ts';

export interface Pledge {
  first_response_hours: number;
  resolution_hours?: number | undefined;
  /** Instead of the former, where it comes in on a day on which nobody works. */
  resolution_hours_on_free_days?: number | undefined;
  hours: Hours;
}

/** A local day, `YYYY-MM-DD`, that was asked for: to be done by its end, or to be begun on it. */
export interface Wish {
  day: string;
  clock: 'until' | 'from';
}

/** Two moments between which something is to be done. */
export interface Between {
  from: Date;
  to: Date;
}

export type NewPromise = Clock & { kind: PromiseKind; minutes: number; hours: Hours };

/** The promises that begin when a request comes in. */
export function promisesOf(
  calendars: Calendars,
  pledge: Pledge,
  now: Date,
  wish: Wish | null = null
): NewPromise[] {
  const { hours } = pledge;
  const calendar = calendars[hours];
  const first = promise('first_response', pledge.first_response_hours, now);
  const most = isWorkday(calendars.working, now) ? undefined : pledge.resolution_hours_on_free_days;
  const resolution_hours = most ?? pledge.resolution_hours;
  if (!resolution_hours) return [first];

  const last = promise('resolution', resolution_hours, now);
  return [first, wish ? { ...last, ...wishedClock(calendar, last.minutes, now, wish, first) } : last];

  function promise(kind: PromiseKind, promised: number, from: Date): NewPromise {
    const minutes = Math.ceil(promised * 60);
    return { ...start(calendar, minutes, from), kind, minutes, hours };
  }
}

/** A promise to do something between two moments, such as to ring somebody up: due at the end of them. */
export function promiseBetween(kind: PromiseKind, { from, to }: Between, now: Date): NewPromise {
  const minutes = Math.max(1, Math.ceil((to.getTime() - now.getTime()) / 60_000));
  const clock: Clock = { state: 'running', due_at: to, minutes_left: null, begins_at: from, ended_at: null };
  return { ...clock, kind, minutes, hours: 'clock' };
}

/** When a wished day is over: from then on it can be said whether it was as wished. */
export const endOfWish = (calendars: Calendars, { day }: Wish): Date =>
  beginOfDay(calendars.clock, Temporal.PlainDate.from(day).add({ days: 1 }).toString());

/** The clock that keeps to a day. What is wished sooner than we answer at all is due with the answer. */
function wishedClock(calendar: Calendar, minutes: number, now: Date, wish: Wish, first: Clock) {
  if (wish.clock === 'from') {
    const begins_at = beginOfDay(calendar, wish.day);
    return start(calendar, minutes, now, begins_at);
  }
  const end = endOfWork(calendar, wish.day);
  const due_at = first.due_at && first.due_at > end ? first.due_at : end;
  const begins_at = subtractWorkingMinutes(calendar, due_at, minutes);
  return { ...start(calendar, minutes, now), due_at, begins_at };
}
