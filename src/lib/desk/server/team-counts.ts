/** How much is in the hands of each team: for whoever gives groups of the catalogue to teams. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { mostCounted } from '../queue.ts';

/** How much is in the hands of each team (what is not ended), counted up to `mostCounted` of each sort. */
export async function countPerTeam(db: Db): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    select t.id, open.count + resolved.count as count
    from team t,
      lateral (select count(*)::int from (
        select 1 from request where team_id = t.id and request_is_open(status)
        limit ${mostCounted}) sample) as open (count),
      lateral (select count(*)::int from (
        select 1 from request where team_id = t.id and status = 'resolved'
        limit ${mostCounted}) sample) as resolved (count)
    where t.retired_at is null`.execute(db);
  return new Map(rows.map(({ id, count }) => [id, Math.min(count, mostCounted)]));
}
