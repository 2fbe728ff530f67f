/** Requests as a topic of the live feed: what happened on any of them, and what each reader may hear. */
import { sql } from 'kysely';
import type { Position } from '#lib/events/position.ts';
import type { Topic } from '#lib/events/server/topic.ts';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { changesSight, hears, type Change, type Sight } from '../feed.ts';

export const requestTopic: Topic<Change, Sight> = {
  after: changesAfter,
  sightOf: async (db, actor) => {
    if (actor.kind === 'visitor') return { accounts: nothing, opened: await heldBy(db) };
    return isStaff(actor)
      ? { accounts: nothing, opened: await openedBy(db, actor) }
      : { accounts: await accountsOf(db, actor), opened: nothing };
  },
  hears: (actor, sight, change) => hears({ actor, ...sight }, change),
  changesSight: (actor, change) => changesSight({ actor }, change),
  // Staff are told whose request it is, for they may have that customer before them.
  told: (actor, { reference, number, kind, requester_id }) => ({
    ...{ reference, number, kind },
    ...(isStaff(actor) && { requester: requester_id })
  })
};

const nothing: ReadonlySet<string> = new Set();

async function changesAfter(db: Db, { xid, seq }: Position, most: number): Promise<Change[]> {
  const { rows } = await sql<Omit<Change, 'position'> & { xid: string; seq: string }>`
    select xid::text as xid, seq::text as seq, request_id, reference, number, kind, visibility, actor_id,
           requester_id, account_id, private, team_id, agent_id, taken_from
    from feed_after(${String(xid)}::xid8, ${String(seq)}::bigint, ${most})`.execute(db);
  return rows.map(({ xid: at, seq: order, ...row }) => ({
    ...row,
    position: { xid: BigInt(at), seq: BigInt(order) }
  }));
}

/** The accounts whose requests a customer may see beside their own. */
async function accountsOf(db: Db, actor: PersonActor) {
  const rows = await db
    .selectFrom('account_member')
    .select('account_id')
    .where('person_id', '=', actor.id)
    .where('scope', 'in', ['view', 'act'])
    .execute();
  return new Set(rows.map((row) => row.account_id));
}

/** The requests that a visitor holds. Who holds none has nothing to listen to. */
export async function heldBy(db: Db) {
  const rows = await db.selectFrom('request_visitor').select('request_id').execute();
  return new Set(rows.map((row) => row.request_id));
}

/** The requests of others that a member of staff has open for this shift. */
async function openedBy(db: Db, actor: PersonActor) {
  const rows = await db
    .selectFrom('opening')
    .select('request_id')
    .where('person_id', '=', actor.id)
    .where('opened_at', '>', sql<Date>`now() - interval '12 hours'`)
    .execute();
  return new Set(rows.map((row) => row.request_id));
}
