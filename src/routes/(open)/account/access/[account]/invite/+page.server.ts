/** Inviting somebody to an account of ours. */
import { heldAccount } from '#lib/accounts/server/members.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { keyOf } from '#lib/platform/posted.ts';
import { invite } from '../../../../../invite-form.ts';
import { signedInCustomer } from '../../../signed-in.ts';
import { today } from '../../today.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = signedInCustomer(event);
  const account = await heldAccount(event.locals.db, actor, event.params.account);
  return htmlOnly({ account, today: today(), key: keyOf(null) });
};

export const actions: Actions = {
  default: async (event) => {
    const actor = signedInCustomer(event);
    const { locals } = event;
    const account = await heldAccount(locals.db, actor, event.params.account);
    return invite(locals, actor, {
      done: '/account/access?invited',
      ...{ account: account.id, holder: actor.id, today: today(), locale: locals.locale },
      form: await event.request.formData(),
      address: event.getClientAddress()
    });
  }
};
