/** What somebody may do with an account of a customer, changed as its holder asked. Recorded, and told to both. */
import { mayChangeAccess } from '#lib/accounts/access.ts';
import { lastDayBefore } from '#lib/accounts/access-form.ts';
import { openCustomer } from '#lib/accounts/server/customers.ts';
import { fellowOf } from '#lib/accounts/server/members.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { sayAccess } from '../../../../../../invite-form.ts';
import { today } from '../../../../../../programme-form.ts';
import { findAccount } from '../../account-of.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { customer, account, person } = await opened(event);
  const until = person.expires_at && lastDayBefore(person.expires_at, config.timeZone);
  const { id, name } = customer;
  return { customer: { id, name }, account: account.number, person, until, today: today() };
};

export const actions: Actions = {
  default: async (event) => {
    const { actor, customer, account, person } = await opened(event);
    return sayAccess(event.locals, actor, {
      ...{ account: account.id, person: person.person_id, today: today() },
      form: await event.request.formData(),
      done: `/desk/customers/${customer.id}?allowed#readings`
    });
  }
};

/** In the name of whoever holds the account: of others nobody says what somebody may do with it. */
async function opened({
  locals: { db, actor: asker },
  params,
  url
}: RequestEvent | Parameters<PageServerLoad>[0]) {
  const { actor, account } = await findAccount(db, asker, params.id, url, 'hold');
  const person = await fellowOf(db, account.id, params.member);
  if (!mayChangeAccess(actor, true, person)) refuse('missing', 'access.gone');
  return { actor, account, person, customer: await openCustomer(db, actor, params.id) };
}
