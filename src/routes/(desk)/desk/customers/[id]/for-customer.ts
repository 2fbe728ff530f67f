/** What is done at the desk for a customer: to what is theirs, and recorded; what is refused is said over their page. */
import { openCustomer } from '#lib/accounts/server/customers.ts';
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { answer } from '../../../../form-action.ts';
import type { RequestEvent } from './$types';

interface Opened {
  db: Db;
  actor: Staff;
  accounts: Awaited<ReturnType<typeof openCustomer>>['accounts'];
  form: FormData;
}

/** `command` names the place of the page that it leads to, as `#refills`. */
export async function forCustomer(
  { locals: { db, actor, t }, params, request }: RequestEvent,
  command: (opened: Opened) => Promise<string>
) {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const { accounts } = await openCustomer(db, actor, params.id);
  const form = await request.formData();
  const done = async () => `/desk/customers/${params.id}${await command({ db, actor, accounts, form })}`;
  return answer(t, done, (refusal) => ({ refusal }));
}

/** The account that a form names by its number, if it is theirs. */
export const namedIn = ({ accounts, form }: Opened) =>
  accounts.find(({ number }) => number === textIn(form, 'account')) ?? refuse('missing', 'errors.missing');
