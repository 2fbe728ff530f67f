/** Opened from the letter to somebody who was invited to an account: they sign in or up, and say yes or no. */
import { acceptInvitation, declineInvitation, invitationOf } from '#lib/accounts/server/accepting.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { withNext } from '#lib/people/landing.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { answer } from '../../../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  return htmlOnly({
    invitation: await invitationOf(locals.db, auth.secret, tokenIn(url)),
    signedInAs: locals.person?.email ?? null,
    declined: url.searchParams.has('declined'),
    here: url.pathname + url.search
  });
};

export const actions: Actions = {
  accept: ({ url, locals: { db, actor, person, t } }) =>
    answer(t, async () => {
      const token = tokenIn(url);
      if (!person) return withNext('/sign-in', `${url.pathname}?token=${token}`);
      await acceptInvitation(db, auth.secret, actor, token);
      return '/account/access?joined';
    }),

  decline: ({ url, locals: { db, actor, t } }) =>
    answer(t, async () => {
      await declineInvitation(db, auth.secret, actor, tokenIn(url));
      return '/invitation/account?declined';
    })
};

/** As we write them: whatever else stands there is none. */
const tokenIn = (url: URL) => /^[\w-]{1,60}$/.exec(url.searchParams.get('token') ?? '')?.[0] ?? '';
