/** Accounts, to post somebody the code with which they connect theirs. Searched by post: no name stands in an address. */
import { fail } from '@sveltejs/kit';
import { findAccounts, saidIn } from '#lib/accounts/server/account-search.ts';
import { sendNewCode } from '#lib/accounts/server/codes.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { answer } from '../../../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ posts: config.postRoom !== null });

export const actions: Actions = {
  find: async ({ locals: { db }, request }) => {
    const search = textIn(await request.formData(), 'search').slice(0, 200);
    const accounts = await findAccounts(db, saidIn(search), 20);
    return { search, accounts, sent: null, key: keyOf(null) };
  },

  code: async ({ locals: { db, actor, t }, request }) => {
    if (!isStaff(actor)) refuse('forbidden', 'errors.forbidden');
    if (!config.postRoom) return fail(409, { problem: t('desk.no_post_room') });
    const form = await request.formData();
    const key = keyOf(textIn(form, 'key'));
    const account = { id: textIn(form, 'id'), number: textIn(form, 'number'), key };
    if (!isId(account.id)) refuse('missing', 'accounts.not_found');
    const [found] = await findAccounts(db, { number: account.number }, 1);
    if (found?.id !== account.id) refuse('missing', 'accounts.not_found');
    return answer(t, async () => {
      await sendNewCode(db, actor, config.secret, account);
      return { search: '', accounts: [], sent: account.number, key: '' };
    });
  }
};
