/** How gas comes to a place of the customer beside the pipe, as the desk notes it. */
import { redirect } from '@sveltejs/kit';
import { openCustomer } from '#lib/accounts/server/customers.ts';
import { setSupply, suppliesOf } from '#lib/orders/server/depots.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { RequestEvent } from './$types';

/** Only of a place of an account of theirs. */
export async function noteSupply({ locals: { db, actor }, params, request }: RequestEvent): Promise<never> {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const { accounts } = await openCustomer(db, actor, params.id);
  const form = await request.formData();
  const account =
    accounts.find(({ number }) => number === textIn(form, 'account')) ?? refuse('missing', 'errors.missing');
  const premises =
    (await suppliesOf(db, account.id)).find(({ id }) => id === textIn(form, 'id')) ??
    refuse('missing', 'errors.missing');
  const kind = (['cylinder', 'tank'] as const).find((one) => one === textIn(form, 'kind')) ?? null;
  await setSupply(db, actor, { premises: premises.id, kind });
  redirect(303, `/desk/customers/${params.id}#supply-${premises.id}`);
}
