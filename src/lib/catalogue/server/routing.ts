/** Which team gets what is asked: by groups of the catalogue, as people speak of them. */
import { sql } from 'kysely';
import type { Actor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { mayManageStaff } from '#lib/people/access.ts';
import { writeAudit } from '#lib/people/server/audit.ts';
import { checkTeam } from '#lib/people/server/teams.ts';

export interface RoutedGroup {
  code: string;
  /** How many kinds of service are in it. */
  types: number;
  /** The team that gets them, or null when they come to all; several where they differ. */
  teams: (string | null)[];
}

/** Each group of what is on offer, and which team its requests come to. */
export async function listRoutes(db: Db): Promise<RoutedGroup[]> {
  const { rows } = await sql<RoutedGroup>`
    select v.definition->>'group' as code, count(*)::int as types, jsonb_agg(distinct s.team_id) as teams
    from service_type s join service_type_version v on v.code = s.code and v.version = s.version
    where s.offered
    group by 1`.execute(db);
  return rows;
}

/** From now on the requests of this group come to this team, or to all. Those that are there stay where they are. */
export function routeGroup(db: Db, actor: Actor, group: string, team: string | null) {
  if (!mayManageStaff(actor)) refuse('forbidden', 'errors.forbidden');

  return db.transaction().execute(async (tx) => {
    await checkTeam(tx, team);
    const { rows } = await sql<{ code: string; had: string | null }>`
      select s.code, s.team_id as had
      from service_type s join service_type_version v on v.code = s.code and v.version = s.version
      where v.definition->>'group' = ${group} order by s.code`.execute(tx);
    if (rows.length === 0) refuse('missing', 'staff.no_such_group');
    const changed = rows.filter(({ had }) => had !== team).map(({ code }) => code);
    if (changed.length === 0) return;

    await tx.updateTable('service_type').set({ team_id: team }).where('code', 'in', changed).execute();
    await writeAudit(tx, actor, {
      action: 'team.given_group',
      subject: { kind: 'team', id: team },
      detail: { group }
    });
  });
}
