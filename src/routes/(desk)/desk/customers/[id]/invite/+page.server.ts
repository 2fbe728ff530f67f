/** Inviting somebody to an account of a customer, as its holder asked. Recorded, and told to the holder. */
import { keyOf } from '#lib/platform/posted.ts';
import { invite } from '../../../../../invite-form.ts';
import { today } from '../../../../../programme-form.ts';
import { accountOf } from '../account-of.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { customer, account } = await opened(event);
  return {
    customer: { id: customer.id, name: customer.name },
    account: account.number,
    today: today(),
    key: keyOf(null)
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { actor, customer, account } = await opened(event);
    return invite(event.locals, actor, {
      done: `/desk/customers/${customer.id}?invited#readings`,
      ...{ account: account.id, holder: customer.id, today: today(), locale: customer.locale },
      form: await event.request.formData(),
      address: event.getClientAddress()
    });
  }
};

const opened = ({ locals: { db, actor }, params, url }: RequestEvent) =>
  accountOf(db, actor, params.id, url, 'hold');
