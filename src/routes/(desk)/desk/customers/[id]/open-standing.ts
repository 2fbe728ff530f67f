/** A customer for whom something is done at the desk. Looking is written down; whose account is closed has nothing left. */
import { openCustomer } from '#lib/accounts/server/customers.ts';
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';

export async function openStanding(db: Db, actor: Actor, id: string) {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const customer = await openCustomer(db, actor, id);
  if (customer.closed_at) refuse('missing', 'errors.missing');
  return { actor, customer };
}
