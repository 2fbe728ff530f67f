/** How long the line in the chat is, and in how many minutes somebody answers, as far as that can be known. */
import { sql } from 'kysely';
import { config } from '#lib/platform/server/config.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import { isNoted } from '#lib/requests/server/waits.ts';
import { minutesEstimate, type Estimate } from '#lib/requests/waits.ts';
import { figureOf, minutesFrom, type Fared, type Figure, type Line } from '#lib/sla/waits/live-queue.ts';
import { isAtWork } from './office.ts';

interface Waits {
  id: string;
  service_type: string;
  team_id: string | null;
}

/** What is said to somebody who waits for a person, and kept as said; null where nobody can know. */
export async function expectedAnswer(db: Db, request: Waits, t: Words, now: Date): Promise<string | null> {
  const { figure, estimate } = await look(db, request.id, t, now);
  if (!figure || !(await isNoted(db, request, { awaits: 'answer', estimate, figure }))) return null;
  return estimate?.text ?? null;
}

/** The same for somebody who would begin now. */
export const expectedForNext = async (db: Db, t: Words, now: Date): Promise<string | null> =>
  (await look(db, null, t, now)).estimate?.text ?? null;

async function look(
  db: Db,
  request: string | null,
  t: Words,
  now: Date
): Promise<{ figure: Figure | null; estimate: Estimate | null }> {
  const line = isAtWork(now) ? await lineBefore(db, request) : null;
  const figure = line && figureOf(line);
  const range = figure && minutesFrom(figure, await faredLately(db));
  return { figure, estimate: range ? minutesEstimate(range, { t, now }) : null };
}

async function lineBefore(db: Db, request: string | null): Promise<Line | null> {
  const { rows } = await sql<Line>`
    select * from chat_line(${request}::uuid, make_interval(secs => ${config.chatSilence}), ${config.chatsPerAgent})`.execute(
    db
  );
  return rows[0] ?? null;
}

async function faredLately(db: Db): Promise<Fared[]> {
  const { rows } = await sql<Fared>`select at_once as "atOnce", times from chat_fared()`.execute(db);
  return rows;
}
