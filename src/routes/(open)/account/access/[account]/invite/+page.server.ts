/** Inviting somebody to an account of ours. */
import { fail, redirect } from '@sveltejs/kit';
import { endOf, readInvitation } from '#lib/accounts/access-form.ts';
import { inviteToAccount } from '#lib/accounts/server/inviting.ts';
import { heldAccount } from '#lib/accounts/server/members.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { httpStatus, Refusal } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { inWords } from '../../../../form-errors.ts';
import { signedInCustomer } from '../../../signed-in.ts';
import { today } from '../../today.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = signedInCustomer(event);
  const account = await heldAccount(event.locals.db, actor, event.params.account);
  return htmlOnly({ account, today: today() });
};

export const actions: Actions = {
  default: async (event) => {
    const actor = signedInCustomer(event);
    const { db, t, locale } = event.locals;
    const account = await heldAccount(db, actor, event.params.account);
    const read = readInvitation(await event.request.formData(), today());
    if (!read.ok) return fail(422, { typed: read.typed, problems: inWords(t, read.problems) });

    const { until, ...offer } = read.said;
    const end = until ? endOf(until, config.timeZone) : null;
    const from = { address: event.getClientAddress(), locale };
    try {
      await inviteToAccount(db, auth, actor, account.id, { ...offer, end }, from);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const field = refusal.kind === 'conflict' ? 'email' : '';
      const problems = inWords(t, { [field]: { words: refusal.words, values: refusal.values } });
      return fail(httpStatus[refusal.kind], { typed: { ...offer, until: until ?? '' }, problems });
    }
    redirect(303, '/account/access?invited');
  }
};
