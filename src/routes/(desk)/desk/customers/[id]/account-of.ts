/** An account of a customer that something is done to at the desk in their name. Looking is written to the audit log. */
import { openCustomer } from '#lib/accounts/server/customers.ts';
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';

/** What the customer themself could do with it: nobody does more in their name. */
export async function accountOf(db: Db, actor: Actor, id: string, url: URL, may: 'act' | 'hold' = 'act') {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const customer = await openCustomer(db, actor, id);
  const named = url.searchParams.get('account');
  const allowed = customer.accounts.filter(({ kind, scope }) =>
    may === 'hold' ? kind === 'holder' : scope === 'act'
  );
  const account = named === null ? allowed[0] : allowed.find(({ number }) => number === named);
  return { actor, customer, account: account ?? refuse('missing', 'errors.missing') };
}
