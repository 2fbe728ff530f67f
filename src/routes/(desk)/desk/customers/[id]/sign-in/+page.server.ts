/** How a customer signs in, at the desk: ending their sessions, and a second factor that they have lost. */
import { fail } from '@sveltejs/kit';
import { identityChecks, maySwitchOffForCustomers } from '#lib/people/access.ts';
import { customerSignIn, endSessionsFor, switchOffFor } from '#lib/people/server/customer-sign-in.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { answer } from '../../../../../form-action.ts';
import { openStanding } from '../open-standing.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, params, url }) => {
  const { id, name } = (await openStanding(db, actor, params.id)).customer;
  const done = url.searchParams.get('done');
  return {
    ...{ id, name, ...(await customerSignIn(db, id)), maySwitchOff: maySwitchOffForCustomers(actor) },
    done: done === 'out' || done === 'factor' ? done : null
  };
};

export const actions: Actions = {
  out: async ({ locals: { db, actor: asker, t }, params }) => {
    const { actor, customer } = await openStanding(db, asker, params.id);
    const to = `/desk/customers/${customer.id}/sign-in?done=out`;
    return answer(t, async () => (await endSessionsFor(db, actor, customer.id), to));
  },

  factor: async ({ locals: { db, actor: asker, t }, params, request }) => {
    // Asked first: whoever may not leaves no trace of having looked.
    if (!maySwitchOffForCustomers(asker)) refuse('missing', 'errors.missing');
    const { actor, customer } = await openStanding(db, asker, params.id);
    const typed = textIn(await request.formData(), 'checked');
    const checked = identityChecks.find((one) => one === typed);
    if (!checked) return fail(422, { problem: t('account.desk_checked_none') });
    const to = `/desk/customers/${customer.id}/sign-in?done=factor`;
    return answer(t, async () => (await switchOffFor(db, actor, customer.id, checked), to));
  }
};
