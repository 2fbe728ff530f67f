/** Starting, pausing and ending the promises of a request, in the transaction of what causes it. */
import { sql } from 'kysely';
import { config } from '#lib/platform/server/config.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Calendar } from '../calendar.ts';
import {
  act,
  drop,
  miss,
  pause,
  resume,
  start,
  type Clock,
  type ClockState,
  type PromiseKind
} from '../clock.ts';
import { calendarsOf, type Hours } from '../hours.ts';
import { endOfWish, promisesOf, type NewPromise, type Pledge, type Wish } from '../promise.ts';

/** A promise that went over into another state. */
export interface Turn {
  kind: PromiseKind;
  state: ClockState;
}

const calendars = calendarsOf(config);

/** By when a request with this pledge is due first, when it comes in now. */
export const dueFirst = (promises: readonly NewPromise[]): Date =>
  new Date(Math.min(...promises.map(({ due_at }) => due_at?.getTime() ?? Infinity)));

/** The promises of a request that comes in now. */
export const promisesNow = (pledge: Pledge, now: Date, wish: Wish | null = null) =>
  promisesOf(calendars, pledge, now, wish);

/** When the day that was wished is over, on the utility's calendar. */
export const wishEnds = (wish: Wish | null): Date | null => wish && endOfWish(calendars, wish);

export async function startPromises(tx: Db, requestId: string, promises: readonly NewPromise[], now: Date) {
  const rows = promises.map(({ kind, minutes, hours, due_at, begins_at }) => ({
    request_id: requestId,
    ...{ kind, minutes, hours, due_at, begins_at },
    started_at: now
  }));
  await tx.insertInto('promise').values(rows).execute();
}

/** While we wait for the customer, no clock runs against us. */
export const pausePromises = (tx: Db, requestId: string) => turn(tx, requestId, pause);

export const resumePromises = (tx: Db, requestId: string) => turn(tx, requestId, resume);

/** We did what these kinds promise: kept when it is in time, missed when it is late. */
export const keepPromises = (tx: Db, requestId: string, kinds: PromiseKind[]) =>
  turn(tx, requestId, act, kinds);

/** Nobody waits for us any more. */
export const dropPromises = (tx: Db, requestId: string) =>
  turn(tx, requestId, (_calendar, clock, now) => drop(clock, now));

/** Marks what is past due. Running it never, once or often changes no outcome: see `act`. */
export const missPromises = (tx: Db, requestId: string) =>
  turn(tx, requestId, (_calendar, clock, now) => miss(clock, now));

/** The customer has said something: from now on we owe an answer, unless we do already. */
export async function promiseAnswer(tx: Db, requestId: string) {
  const rows = await promisesFor(tx, requestId);
  const answers = rows.filter((row) => row.kind !== 'resolution');
  const first = answers.find((row) => row.kind === 'first_response');
  if (!first || answers.some((row) => row.ended_at === null)) return;
  await startAgain(tx, requestId, first, 'next_response', first.minutes);
}

/** A resolved request was opened again: the clock goes on where it had stopped. */
export async function takeUpResolution(tx: Db, requestId: string) {
  const rows = await promisesFor(tx, requestId);
  const last = rows.findLast((row) => row.kind === 'resolution');
  if (last?.state !== 'kept' || !last.minutes_left) return;
  await startAgain(tx, requestId, last, 'resolution', last.minutes_left);
}

type Step = (calendar: Calendar, clock: Clock, now: Date) => Clock;

async function turn(tx: Db, requestId: string, step: Step, kinds?: PromiseKind[]): Promise<Turn[]> {
  const turns: Turn[] = [];
  for (const row of await promisesFor(tx, requestId)) {
    if (row.ended_at || (kinds && !kinds.includes(row.kind))) continue;

    const before = row;
    const after = step(calendars[row.hours], clockOf(row), row.now);
    if (after.state === before.state && after.ended_at === before.ended_at) continue;
    await tx.updateTable('promise').set(clockOf(after)).where('id', '=', row.id).execute();
    if (after.state !== before.state) turns.push({ kind: row.kind, state: after.state });
  }
  return turns;
}

/** All promises of a request, oldest first, held until the transaction ends; and the moment it began. */
function promisesFor(tx: Db, requestId: string) {
  return (
    tx
      .selectFrom('promise')
      .select(['id', 'minutes', 'due_at', 'minutes_left', 'begins_at', 'ended_at'])
      // The checks of the table hold these columns to their lists.
      .select([
        sql<PromiseKind>`kind`.as('kind'),
        sql<ClockState>`state`.as('state'),
        sql<Hours>`hours`.as('hours'),
        sql<Date>`now()`.as('now')
      ])
      .where('request_id', '=', requestId)
      .orderBy('started_at')
      .orderBy('id')
      .forUpdate()
      .execute()
  );
}

const clockOf = ({ state, due_at, minutes_left, begins_at, ended_at }: Clock): Clock => ({
  state,
  due_at,
  minutes_left,
  begins_at,
  ended_at
});

async function startAgain(
  tx: Db,
  requestId: string,
  like: { hours: Hours; now: Date; begins_at: Date | null },
  kind: PromiseKind,
  minutes: number
) {
  const begins_at = kind === 'resolution' ? like.begins_at : null;
  const { due_at } = start(calendars[like.hours], minutes, like.now, begins_at);
  const again = { kind, minutes, hours: like.hours, due_at, begins_at, started_at: like.now };
  await tx
    .insertInto('promise')
    .values({ request_id: requestId, ...again })
    .execute();
}
