/** How far each side has read in the chat. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import type { Conversation } from './queries.ts';

/** Writes what may be lost: nobody waits for the disk. */
export const writeLightly = (db: Db, change: RawBuilder<unknown>) =>
  db.transaction().execute(async (tx) => {
    await sql`set local synchronous_commit = off`.execute(tx);
    await change.execute(tx);
  });

/** How far they have read. It may be lost. */
export const noteReadInChat = (db: Db, { id }: Pick<Conversation, 'id'>, number: number) =>
  writeLightly(
    db,
    sql`update conversation set read_number = ${number} where id = ${id} and read_number < ${number}`
  );

/** How far whoever of ours has it has read. */
export async function readByAgent(db: Db, requestId: string): Promise<number> {
  const { rows } = await sql<{ number: number }>`select read_by_agent(${requestId}::uuid) as number`.execute(
    db
  );
  return rows[0]?.number ?? 0;
}

/** How far the customer has read in the chat that goes on about a request; null where none does. */
export async function readByCustomer(db: Db, requestId: string): Promise<number | null> {
  const row = await db
    .selectFrom('conversation')
    .select('read_number')
    .where('request_id', '=', requestId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row?.read_number ?? null;
}
