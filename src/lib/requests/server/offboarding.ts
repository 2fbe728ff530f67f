/** A member of staff leaves: shut out at once, and what they had in hand goes to others, in one transaction. */
import { sql } from 'kysely';
import type { Actor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { deactivate } from '#lib/people/server/manage-staff.ts';
import { checkTeam } from '#lib/people/server/teams.ts';
import type { Heir } from '#lib/people/staffing.ts';

export function letGo(db: Db, actor: Actor, person: string, heir: Heir) {
  return db.transaction().execute(async (tx) => {
    const leaver = await deactivate(tx, actor, person);
    await handOver(tx, leaver, heir);
  });
}

/** How many requests somebody has in hand. */
export async function countHeld(db: Db, person: string): Promise<number> {
  const { count } = await db
    .selectFrom('request')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('agent_id', '=', person)
    .where(stillTheirs)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * What is resolved goes along: its customer may open it again, and must then find somebody. Asked in two parts, because
 * each has an index of its own.
 */
const stillTheirs = sql<boolean>`(request_is_open(status) or status = 'resolved')`;

async function handOver(tx: Db, leaver: { id: string; team_id: string | null }, heir: Heir) {
  const team = heir.agent ? await teamOf(tx, heir.agent) : heir.team;
  await checkTeam(tx, heir.team);
  const { rows: handed } = await sql<{ id: string; team: string | null }>`
    with had as (select id, team_id from request where agent_id = ${leaver.id}::uuid and ${stillTheirs} for update)
    update request r set agent_id = ${heir.agent}::uuid,
      team_id = coalesce(${team}::uuid, r.team_id, ${heir.agent ? null : leaver.team_id}::uuid)
    from had where r.id = had.id
    returning r.id, had.team_id as team`.execute(tx);
  // One statement, however many there are. The database numbers and signs each event. Who had it sees it go.
  await sql`
    insert into request_event (request_id, number, actor_role, kind, payload)
    select r.id, 1, '', 'assigned', jsonb_build_object('agent', r.agent_id, 'team', r.team_id,
      'taken_from', jsonb_build_object('agent', ${leaver.id}::uuid, 'team', had.team))
    from request r
    join unnest(${handed.map(({ id }) => id)}::uuid[], ${handed.map((row) => row.team)}::uuid[]) as had (id, team)
      on had.id = r.id`.execute(tx);
}

async function teamOf(tx: Db, agent: string): Promise<string | null> {
  const colleague = await tx
    .selectFrom('person')
    .select('team_id')
    .where('id', '=', agent)
    .where('role', '!=', 'customer')
    .where('deactivated_at', 'is', null)
    .executeTakeFirst();
  return (colleague ?? refuse('invalid', 'requests.no_such_colleague')).team_id;
}
