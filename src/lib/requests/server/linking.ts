/** Linking: staff say which account a request is about whose customer has none connected, or take that back. */
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { canLink } from '../access.ts';
import { definitionOf } from '#lib/catalogue/server/catalogue.ts';
import { noteChangesSince } from './conflict.ts';
import { holdRequest, type RequestRow } from './queries.ts';
import type { Seen } from './transitions.ts';
import { record } from './timeline.ts';

/**
 * Links the request to an account and perhaps a home, or with `account` null to none. Whoever asked has not shown that
 * the account is theirs: the others on it do not see the request.
 */
export function linkRequest(
  db: Db,
  actor: PersonActor,
  reference: string,
  to: { account: string | null; premises: string | null } & Seen
) {
  return db.transaction().execute(async (tx) => {
    const request = await holdRequest(tx, actor, reference);
    if (!canLink(actor, request)) refuse('forbidden', 'requests.cannot_link');
    if (request.account_id === to.account && request.premises_id === to.premises) return;
    await noteChangesSince(tx, actor, request, to.seen);
    if (to.account) await checkPlace(tx, to.account, to.premises);

    const change = {
      account_id: to.account,
      premises_id: to.premises,
      private: await isHidden(tx, request, to.account)
    };
    await tx.updateTable('request').set(change).where('id', '=', request.id).execute();
    const payload = { account: to.account, premises: to.premises };
    await record(tx, request.id, { kind: 'account', payload });
  });
}

async function checkPlace(tx: Db, account: string, premises: string | null) {
  const there = await tx
    .selectFrom('account as a')
    .leftJoin('premises as p', 'p.account_id', 'a.id')
    .select('a.id')
    .where('a.id', '=', account)
    .$if(premises !== null, (query) => query.where('p.id', '=', premises))
    .limit(1)
    .executeTakeFirst();
  if (!there) refuse('invalid', 'accounts.not_found');
}

/** Hidden from the members of the account unless whoever asked is one of them; off it again, as its kind has it. */
async function isHidden(tx: Db, request: RequestRow, account: string | null) {
  const { service_type, service_version, requester_id } = request;
  if ((await definitionOf(tx, service_type, service_version)).private) return true;
  if (!account) return false;
  if (!requester_id) return true;
  const member = await tx
    .selectFrom('account_member')
    .select('person_id')
    .where('account_id', '=', account)
    .where('person_id', '=', requester_id)
    .executeTakeFirst();
  return !member;
}
