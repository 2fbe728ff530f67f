/** An account of a customer that something is done to at the desk in their name. Looking is written to the audit log. */
import { openCustomer, readAccounts } from '#lib/accounts/server/customers.ts';
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';

type May = 'act' | 'hold';

/** What the customer themself could do with it: nobody does more in their name. */
export async function accountOf(db: Db, actor: Actor, id: string, url: URL, may: May = 'act') {
  const found = await findAccount(db, actor, id, url, may);
  return { ...found, customer: await openCustomer(db, found.actor, id) };
}

/** The same before anybody has looked at the customer: for what is refused when more of it is not there. */
export async function findAccount(db: Db, actor: Actor, id: string, url: URL, may: May) {
  if (!isStaff(actor) || !isId(id)) refuse('missing', 'errors.missing');
  const allowed = (await readAccounts(db, id)).filter(
    ({ kind, scope, expires_at }) =>
      (may === 'hold' ? kind === 'holder' : scope === 'act') && !(expires_at && expires_at <= new Date())
  );
  const named = url.searchParams.get('account');
  const account = named === null ? allowed[0] : allowed.find(({ number }) => number === named);
  if (!account) refuse('missing', 'errors.missing');
  return { actor, account };
}
