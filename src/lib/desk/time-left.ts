/** How much of a promised time is left: as a share, for a bar, and as a count, for words. */
import { isOwed, type Clock } from '#lib/sla/clock.ts';

export interface Countdown {
  started_at: Date;
  due_at: Date;
}

export interface TimeLeft {
  /** Of the promised time, from 1 (just begun) to 0 (due, or over). */
  share: number;
  over: boolean;
  /** How pressing it is, for the eye. */
  press: 'calm' | 'soon' | 'over';
  amount: number;
  unit: 'minute' | 'hour' | 'day';
}

/** Rounded down, so that nobody is told they have more time than they have. */
export function timeLeft({ started_at, due_at }: Countdown, now: Date): TimeLeft {
  const left = due_at.getTime() - now.getTime();
  const whole = Math.max(1, due_at.getTime() - started_at.getTime());
  const over = left < 0;
  const share = Math.min(1, Math.max(0, left / whole));
  return {
    share,
    over,
    press: over ? 'over' : isSoon(left, share) ? 'soon' : 'calm',
    ...inUnits(Math.abs(left))
  };
}

/** The promise that we owe and that is due first. */
export function nextClock<
  Promised extends Pick<Clock, 'state' | 'ended_at' | 'due_at'> & { started_at: Date }
>(promises: readonly Promised[]): (Promised & Countdown) | null {
  const owed = promises.filter(
    (promise): promise is Promised & Countdown => isOwed(promise) && promise.due_at !== null
  );
  return owed.sort((a, b) => a.due_at.getTime() - b.due_at.getTime())[0] ?? null;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The last quarter of the time, and always the last half hour. */
const isSoon = (left: number, share: number) => share < 0.25 || left < 30 * minute;

function inUnits(span: number): Pick<TimeLeft, 'amount' | 'unit'> {
  if (span < hour) return { amount: Math.floor(span / minute), unit: 'minute' };
  if (span < 2 * day) return { amount: Math.floor(span / hour), unit: 'hour' };
  return { amount: Math.floor(span / day), unit: 'day' };
}
