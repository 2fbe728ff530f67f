/** Finding one request: every question and every change begins here, from what the asker may see. */
import { sql, type Expression } from 'kysely';
import type { Actor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { me } from '#lib/platform/server/me.ts';
import { prepared } from '#lib/platform/server/prepared.ts';
import { readReference } from '#lib/platform/reference.ts';

/** The request with this reference as this actor sees it, or a refusal that does not tell foreign from missing. */
export async function getRequest(db: Db, actor: Actor, reference: string) {
  const written = readReference(reference);
  const request =
    written && (await requestsBy[actor.kind === 'visitor' ? 'visitor' : 'person'](db, { written }))[0];
  return request || refuse('missing', 'requests.not_found');
}

export type RequestRow = Awaited<ReturnType<typeof getRequest>>;

/** The same, with its row held until the transaction ends, so that what is decided on it still holds. */
export async function holdRequest(tx: Db, actor: Actor, reference: string) {
  const written = readReference(reference);
  const request =
    written &&
    (await visibleTo(tx, actor.kind === 'visitor')
      .where('f.reference', '=', written)
      .forUpdate('r')
      .executeTakeFirst());
  return request || refuse('missing', 'requests.not_found');
}

/** A request by its id, or by what tells the id to the database. */
export type RequestId = string | Expression<string>;

/**
 * The request that was found last in the same transaction, or in the same breath before: whoever found it was asked whether
 * they may see it, and the policies of its parts do not ask again.
 */
export const foundRequest: Expression<string> = sql<string>`(select app_request())`;

/** The id of the request with this reference, if the asker may see it: looked up in the statement that needs it. */
export const idOfReference = (reference: string): Expression<string> =>
  sql<string>`(select f.request_id from request_reference f where f.reference = ${readReference(reference)})`;

/** Whether there is such a request for this actor. */
export const isReferenceVisible = async (db: Db, reference: string) =>
  (await db
    .selectFrom('request_reference')
    .select('reference')
    .where('reference', '=', reference)
    .executeTakeFirst()) !== undefined;

/** By its reference, for those who have signed in and for those who have not. */
const requestsBy = {
  person: prepared((db, { written }: { written: string }) =>
    visibleTo(db, false).where('f.reference', '=', written)
  ),
  visitor: prepared((db, { written }: { written: string }) =>
    visibleTo(db, true).where('f.reference', '=', written)
  )
};

/** What a visitor sees of all without a requester is theirs (request_seen). */
function visibleTo(db: Db, isVisitor: boolean) {
  return db
    .selectFrom('request_reference as f')
    .innerJoin('request as r', 'r.id', 'f.request_id')
    .leftJoin('person as agent', 'agent.id', 'r.agent_id')
    .leftJoin('person as requester', 'requester.id', 'r.requester_id')
    .leftJoin('team as t', 't.id', 'r.team_id')
    .leftJoin('account as a', 'a.id', 'r.account_id')
    .leftJoin('premises as p', 'p.id', 'r.premises_id')
    .selectAll('r')
    .select([
      'agent.name as agent_name',
      'requester.name as requester_name',
      'requester.email as requester_email',
      't.name as team_name',
      'a.number as account_number',
      'p.line as premises_line',
      'p.town as premises_town',
      sql<boolean>`(r.requester_id = ${me} or (${isVisitor} and r.requester_id is null) or exists (
        select 1 from account_member m
        where m.account_id = r.account_id and m.person_id = ${me} and m.scope = 'act'))`.as('may_act'),
      // What `foundRequest` tells; only of a row that its policy lets through.
      sql<string>`set_config('app.request', r.id::text, true)`.as('found')
    ]);
}
