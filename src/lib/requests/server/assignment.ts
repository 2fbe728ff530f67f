/** Whose a request is: taking it, giving it to a colleague, handing it to a team. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { checkTeam } from '#lib/people/server/teams.ts';
import { canGiveTo, canTake, canWorkOn, isTheirTeams } from '../access.ts';
import { noteChangesSince } from './conflict.ts';
import { holdRequest, type RequestRow } from './queries.ts';
import { move, type Seen } from './transitions.ts';
import { record } from './timeline.ts';

/**
 * An agent makes a request theirs. Taking from a colleague is allowed, and everybody sees it. The team stays. `allows`
 * refuses what the request is besides a request, such as a chat for which there is no room.
 */
export function takeRequest(
  db: Db,
  actor: PersonActor,
  reference: string,
  { seen }: Seen,
  allows: (tx: Db, request: RequestRow) => Promise<unknown> = async () => {}
) {
  return db.transaction().execute(async (tx) => {
    const request = await holdRequest(tx, actor, reference);
    await noteChangesSince(tx, actor, request, seen);
    await allows(tx, request);
    await takeHeld(tx, actor, request);
  });
}

/** The same within a transaction that holds the request. */
export async function takeHeld(tx: Db, actor: PersonActor, request: RequestRow) {
  if (!canTake(actor, request)) refuse('forbidden', 'requests.cannot_take');
  await give(tx, actor, request, { agent: actor.id, team: request.team_id ?? actor.team });
}

/** Gives a request to a colleague, and with them to their team, or to a team with nobody yet. */
export function assignRequest(db: Db, actor: PersonActor, reference: string, to: Owner & Seen) {
  return db.transaction().execute(async (tx) => {
    const request = await holdRequest(tx, actor, reference);
    if (!canWorkOn(actor, request)) refuse('forbidden', 'requests.cannot_work_on');
    const owner = to.agent ? await withTeam(tx, to.agent, request.team_id) : to;
    await noteChangesSince(tx, actor, request, to.seen);
    await handOn(tx, actor, request, owner);
  });
}

/** The same within a transaction that is about more. */
export async function handOn(tx: Db, actor: PersonActor, request: RequestRow, owner: Owner) {
  if (!canGiveTo(actor, request, owner.team)) refuse('forbidden', 'requests.cannot_give_across_teams');
  await checkTeam(tx, owner.team);
  await give(tx, actor, request, owner);
}

/** A colleague as an owner: with their own team, or with the request's when they belong to none. */
async function withTeam(tx: Db, agent: string, team: string | null): Promise<Owner> {
  const colleague = await tx
    .selectFrom('person')
    .select(['id', 'team_id'])
    .where('id', '=', agent)
    .where('role', '!=', 'customer')
    .where('deactivated_at', 'is', null)
    .executeTakeFirst();
  if (!colleague) refuse('invalid', 'requests.no_such_colleague');
  return { agent: colleague.id, team: colleague.team_id ?? team };
}

async function give(tx: Db, actor: PersonActor, request: RequestRow, { agent, team }: Owner) {
  if (agent === request.agent_id && team === request.team_id) return;
  if (!isTheirTeams(actor, { team_id: team, agent_id: agent })) {
    // Row-level security lets nobody change a row so that they no longer see it: it stays open to them for the shift.
    await sql`select keep_in_sight(${request.id}::uuid)`.execute(tx);
  }
  await tx
    .updateTable('request')
    .set({ agent_id: agent, team_id: team })
    .where('id', '=', request.id)
    .execute();
  const taken_from = { agent: request.agent_id, team: request.team_id };
  await record(tx, request.id, { kind: 'assigned', payload: { agent, team, taken_from } });
  // Design §3: taking or assigning opens what was only submitted. The customer need not be written to for that.
  if (request.status === 'submitted' && agent) await move(tx, actor, request, 'open', { occasion: null });
}

interface Owner {
  agent: string | null;
  team: string | null;
}
