/** A promise as a clock: it starts, pauses while we wait for the customer, and is kept or missed. Data in, data out. */
import { addWorkingMinutes, workingMinutesBetween, type Calendar } from './calendar.ts';

export const promiseKinds = ['first_response', 'next_response', 'resolution'] as const;
export type PromiseKind = (typeof promiseKinds)[number];

export const clockStates = ['running', 'paused', 'kept', 'missed', 'dropped'] as const;
export type ClockState = (typeof clockStates)[number];

export interface Clock {
  state: ClockState;
  /** By when, while it runs; and afterwards by when it should have been. */
  due_at: Date | null;
  /** What was left when it was paused or kept, in whole minutes, rounded up. */
  minutes_left: number | null;
  /** Before this nothing runs: what is asked for a day has its time just before that day. */
  begins_at: Date | null;
  /** When we did what we had promised, or when the promise was dropped. */
  ended_at: Date | null;
}

/** A missed promise is still owed until we do at last what we promised. */
export const isOwed = (clock: Pick<Clock, 'state' | 'ended_at'>) =>
  clock.ended_at === null && (clock.state === 'running' || clock.state === 'missed');

export const isPastDue = (clock: Clock, now: Date) =>
  clock.state === 'running' && clock.due_at !== null && clock.due_at < now;

export const start = (
  calendar: Calendar,
  minutes: number,
  now: Date,
  begins_at: Date | null = null
): Clock => ({
  state: 'running',
  due_at: addWorkingMinutes(calendar, latest(now, begins_at), minutes),
  minutes_left: null,
  begins_at,
  ended_at: null
});

/** Waiting for the customer stops the clock. It does not undo that it had already run out. */
export function pause(calendar: Calendar, clock: Clock, now: Date): Clock {
  if (isPastDue(clock, now)) return miss(clock, now);
  if (clock.state !== 'running' || !clock.due_at) return clock;
  return { ...clock, state: 'paused', due_at: null, minutes_left: minutesTo(calendar, clock, now) };
}

export function resume(calendar: Calendar, clock: Clock, now: Date): Clock {
  if (clock.state !== 'paused' || clock.minutes_left === null) return clock;
  return start(calendar, clock.minutes_left, now, clock.begins_at);
}

/** We did what we had promised. In time it is kept, late it is missed, whenever somebody looks. */
export function act(calendar: Calendar, clock: Clock, now: Date): Clock {
  if (isPastDue(clock, now)) return { ...miss(clock, now), ended_at: now };
  if (clock.state === 'running' && clock.due_at)
    return { ...clock, state: 'kept', minutes_left: minutesTo(calendar, clock, now), ended_at: now };
  if (clock.state === 'paused') return { ...clock, state: 'kept', ended_at: now };
  return isOwed(clock) ? { ...clock, ended_at: now } : clock;
}

export const miss = (clock: Clock, now: Date): Clock =>
  isPastDue(clock, now) ? { ...clock, state: 'missed' } : clock;

/** Nobody waits any more: the request was cancelled or merged. What was missed stays missed. */
export function drop(clock: Clock, now: Date): Clock {
  if (clock.ended_at) return clock;
  const state = isPastDue(clock, now) || clock.state === 'missed' ? 'missed' : 'dropped';
  return { ...clock, state, ended_at: now };
}

/** What is left to a clock that runs: not more than it has when it begins. */
const minutesTo = (calendar: Calendar, { due_at, begins_at }: Clock, now: Date) =>
  due_at ? Math.ceil(workingMinutesBetween(calendar, latest(now, begins_at), due_at)) : 0;

const latest = (now: Date, begins_at: Date | null) => (begins_at && begins_at > now ? begins_at : now);
