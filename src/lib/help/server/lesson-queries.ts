/** What the bot was taught, for those who teach it. Row-level security leaves it to staff. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';

export interface LessonRow {
  id: string;
  question: string;
  topic: string;
  by: string;
  at: Date;
}

const lessonsWhere = async (db: Db, which: ReturnType<typeof sql>, most: number) => {
  const { rows } = await sql<LessonRow>`
    select l.id, l.question, l.topic, p.name as by, l.proposed_at as at
    from bot_lesson l join person p on p.id = l.proposed_by where ${which} order by l.id desc limit ${most}`.execute(
    db
  );
  return rows;
};

/** What agents propose, the newest first. */
export const proposals = (db: Db) => lessonsWhere(db, sql`l.since is null`, 50);

/** What is in force, the newest first. */
export const lessonsInForce = (db: Db) => lessonsWhere(db, sql`l.since is not null and l.until is null`, 200);

export interface VersionRow {
  version: number;
  by: string;
  at: Date;
  back_to: number | null;
  added: number;
  removed: number;
}

/** The last changes, the newest first: the first of them is in force. */
export async function versionsOf(db: Db): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select v.version, p.name as by, v.made_at as at, v.back_to,
           (select count(*)::integer from bot_lesson l where l.since = v.version) as added,
           (select count(*)::integer from bot_lesson l where l.until = v.version) as removed
    from bot_version v join person p on p.id = v.made_by order by v.version desc limit 30`.execute(db);
  return rows;
}

/** What every process learns from, and the number that changes with it. */
export async function taughtNow(db: Db): Promise<{ text: string; category: string }[]> {
  const { rows } = await sql<{ text: string; category: string }>`
    select question as text, topic as category from bot_lessons_in_force()`.execute(db);
  return rows;
}

export async function versionNow(db: Db): Promise<number> {
  const { rows } = await sql<{ version: number }>`select bot_version_in_force() as version`.execute(db);
  return rows[0]?.version ?? 0;
}
