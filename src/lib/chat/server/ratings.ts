/** What customers said of chats when they ended them. */
import { sql } from 'kysely';
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';

/** What was said lately, the newest first; supervisors and admins alone read it, as of visits. */
export async function recentChatRatings(db: Db, actor: Actor, most = 12) {
  if (!isStaff(actor) || actor.role === 'agent') return [];
  const rows = await db
    .selectFrom('conversation as c')
    .innerJoin('request as r', 'r.id', 'c.request_id')
    .leftJoin('person as a', 'a.id', 'r.agent_id')
    .select(['r.reference', 'a.name as agent'])
    .select(sql<number>`c.rating`.as('score'))
    .select(sql<Date>`c.ended_at`.as('ended_at'))
    .where('c.rating', 'is not', null)
    .where('c.ended_at', 'is not', null)
    .orderBy('c.ended_at', 'desc')
    .limit(most)
    .execute();
  return rows.map(({ ended_at, agent, ...row }) => ({ ...row, changed_at: ended_at, by: agent, words: '' }));
}
