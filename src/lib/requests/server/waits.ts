/** How long requests take: learned from those of late, and said to whoever waits. */
import { setImmediate as breath } from 'node:timers/promises';
import { sql } from 'kysely';
import { unhurried, type Db } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import { rangeAt } from '#lib/sla/waits/curve.ts';
import { forecaster, type Waiting } from '#lib/sla/waits/forecast.ts';
import type { Status } from '../status.ts';
import type { Standing } from './standing.ts';
import { estimateOf, hasEstimate, type Estimate } from '../waits.ts';

/** So many requests of late are learned from: what came before says little, and learning takes milliseconds for each. */
const mostLearned = 2_000;
const hour = 3_600_000;

type Past = Waiting & { closed: number | null };

/** Goes through the requests of late as they came, and leaves a curve for each kind of them. */
export async function learnWaits(db: Db, now: Date) {
  const past = await historyOf(db);
  const forecast = forecaster();
  const ends = past
    .flatMap(({ id, closed }) => (closed === null ? [] : [{ id, closed }]))
    .sort((one, other) => one.closed - other.closed);
  let next = 0;
  for (const [n, one] of past.entries()) {
    for (; next < ends.length && ends[next]!.closed < one.opened; next++)
      forecast.close(ends[next]!.id, ends[next]!.closed);
    forecast.open(one);
    // Whatever else this process has to do goes on meanwhile.
    if (n % 10 === 0) await breath();
  }
  for (const { id, closed } of ends.slice(next)) forecast.close(id, closed);

  const at = now.getTime() / hour;
  const kinds = new Map(past.map((one) => [`${one.type} ${one.queue} ${one.channel}`, one]));
  const curves = [...kinds.values()].flatMap((kind) => {
    const hours = forecast.curve({ ...kind, opened: at }, at);
    return hours ? [{ ...kind, hours }] : [];
  });
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('wait_curve').execute();
    for (const { type, queue, channel, hours } of curves)
      await tx
        .insertInto('wait_curve')
        .values({ service_type: type, team_id: queue || null, channel, hours })
        .execute();
  });
}

/** What was called off or joined to another says nothing of how long work takes. */
async function historyOf(db: Db): Promise<Past[]> {
  const { rows } = await sql<{
    id: string;
    opened: Date;
    closed: Date | null;
    type: string;
    queue: string;
    channel: string;
  }>`
    select id, submitted_at as opened, coalesce(resolved_at, closed_at) as closed, service_type as type,
           coalesce(team_id::text, '') as queue, channel
    from (select * from request order by id desc limit ${mostLearned}) r
    where status not in ('cancelled', 'merged') order by submitted_at, id`.execute(db);
  return rows.map(({ opened, closed, ...row }) => ({
    ...row,
    opened: opened.getTime() / hour,
    closed: closed && closed.getTime() / hour
  }));
}

/** What an estimate is about. */
interface Asked {
  id: string;
  service_type: string;
  team_id: string | null;
  status: Status;
  submitted_at: Date;
}

/** What is said of a request to its customer, and kept as said when it is new. Null where nobody can know. */
export async function expectedOf(
  db: Db,
  request: Asked & Pick<Standing, 'curve' | 'said'>,
  at: Parameters<typeof estimateOf>[2]
) {
  const { curve, said, submitted_at: begun } = request;
  if (!hasEstimate(request) || !curve) return null;
  const range = rangeAt(curve, (at.now.getTime() - begun.getTime()) / hour);
  const estimate = range && estimateOf(range, begun, at);
  if (!estimate) return null;
  const isKept =
    said.includes(estimate.key) || (await isNoted(db, request, { awaits: 'resolution', estimate }));
  return isKept ? estimate.text : null;
}

/** What was said, or would have been: a figure alone is kept so that the next can be said. */
interface Said {
  awaits: 'answer' | 'resolution';
  estimate: Estimate | null;
  figure?: { minutes: number; atOnce: boolean };
}

/** Nothing is said that cannot be kept; and whoever waits gets their page all the same. */
export const isNoted = (...what: Parameters<typeof noteEstimate>): Promise<boolean> =>
  noteEstimate(...what).then(
    () => true,
    (error: unknown) => {
      log.error('what was said about waiting could not be kept', { error });
      return false;
    }
  );

/** Keeps what was said, once. */
const noteEstimate = (
  db: Db,
  request: Pick<Asked, 'id' | 'service_type' | 'team_id'>,
  { awaits, estimate, figure }: Said
) =>
  unhurried(db, (one) =>
    sql`
      insert into wait_estimate (request_id, awaits, service_type, team_id, said, earliest, latest, figure, at_once)
      values (${request.id}, ${awaits}, ${request.service_type}, ${request.team_id}, ${estimate?.key ?? ''},
              ${estimate?.earliest ?? null}, ${estimate?.latest ?? null}, ${figure?.minutes ?? null},
              ${figure?.atOnce ?? null})
      on conflict do nothing`.execute(one)
  );
