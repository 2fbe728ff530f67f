/** What the hub asks the database: the feed from a position on, who may still listen, and to what. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Change, Position } from '../feed.ts';

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

export async function changesAfter(db: Db, { xid, seq }: Position, most: number): Promise<Change[]> {
  const { rows } = await sql<Omit<Change, 'position'> & { xid: string; seq: string }>`
    select xid::text as xid, seq::text as seq, request_id, reference, number, kind, visibility, actor_id,
           requester_id, account_id, private, team_id, agent_id, taken_from
    from feed_after(${String(xid)}::xid8, ${String(seq)}::bigint, ${most})`.execute(db);
  return rows.map(({ xid: at, seq: order, ...row }) => ({
    ...row,
    position: { xid: BigInt(at), seq: BigInt(order) }
  }));
}

/** Who is behind each session that still stands, and what they may: in words that change when it does. */
export async function standings(db: Db, sessions: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ session_id: string; standing: string }>`
    select session_id, standing from sessions_standing(${sessions}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.session_id, row.standing]));
}

/** The accounts whose requests a customer may see beside their own. */
export async function accountsOf(db: Db, actor: PersonActor) {
  const rows = await db
    .selectFrom('account_member')
    .select('account_id')
    .where('person_id', '=', actor.id)
    .where('scope', 'in', ['view', 'act'])
    .execute();
  return new Set(rows.map((row) => row.account_id));
}

/** The requests of others that a member of staff has open for this shift. */
export async function openedBy(db: Db, actor: PersonActor) {
  const rows = await db
    .selectFrom('opening')
    .select('request_id')
    .where('person_id', '=', actor.id)
    .where('opened_at', '>', sql<Date>`now() - interval '12 hours'`)
    .execute();
  return new Set(rows.map((row) => row.request_id));
}
