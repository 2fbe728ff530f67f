/** What the hub asks the database: where the feed stands, and who may still listen. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import type { Position } from '../position.ts';

/** The newest position that a reader may start from. */
export async function newest(db: Db): Promise<Position> {
  const { rows } = await sql<{
    xid: string;
    seq: string;
  }>`select xid::text, seq::text from feed_position()`.execute(db);
  return rows[0] ? { xid: BigInt(rows[0].xid), seq: BigInt(rows[0].seq) } : { xid: 1n, seq: 0n };
}

/** Whether this database can have given out this position. */
export async function isKnown(db: Db, { xid }: Position): Promise<boolean> {
  const { rows } = await sql<{ next: string }>`
    select pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(db);
  return xid < BigInt(rows[0]?.next ?? 0);
}

/** Who is behind each session that still stands, and what they may: in words that change when it does. */
export async function standings(db: Db, sessions: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ session_id: string; standing: string }>`
    select session_id, standing from sessions_standing(${sessions}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.session_id, row.standing]));
}
