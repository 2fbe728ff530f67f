/** What a customer bought ahead, ended before its day by a supervisor beside them. */
import { redirect } from '@sveltejs/kit';
import { openCustomer } from '#lib/accounts/server/customers.ts';
import { endPrebuyEarly } from '#lib/prebuy/server/queries.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { dayAt } from '#lib/requests/status-text.ts';

export async function endPrebuy(
  { request, locals: { db, actor } }: { request: Request; locals: App.Locals },
  customer: string
) {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const id = textIn(await request.formData(), 'prebuy');
  if (!isId(id)) refuse('missing', 'errors.missing');
  const { accounts } = await openCustomer(db, actor, customer);
  const today = dayAt(new Date(), config.timeZone);
  await endPrebuyEarly(db, actor, { id, today, of: accounts.map((account) => account.id) });
  redirect(303, `/desk/customers/${customer}#prebuys`);
}
