/** Who comes to somebody's accounts, and to whose accounts they come. */
import { readAccounts } from '#lib/accounts/server/customers.ts';
import { invitationsTo, withdrawInvitation } from '#lib/accounts/server/inviting.ts';
import { endAccess, peopleOf } from '#lib/accounts/server/members.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { isId } from '#lib/platform/id.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { answer } from '../../../form-action.ts';
import { signedInCustomer } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { id } = signedInCustomer(event);
  const { db } = event.locals;
  const accounts = await readAccounts(db, id);
  const held = accounts.filter(({ kind }) => kind === 'holder');
  const said = (['saved', 'ended', 'left', 'invited', 'withdrawn', 'joined'] as const).find((each) =>
    event.url.searchParams.has(each)
  );
  return htmlOnly({
    me: id,
    held: await Promise.all(
      held.map(async (account) => ({
        ...account,
        people: await peopleOf(db, account.id),
        invitations: await invitationsTo(db, account.id)
      }))
    ),
    shared: accounts.filter(({ kind }) => kind !== 'holder'),
    said: said ?? null
  });
};

export const actions: Actions = {
  withdraw: async (event) => {
    const actor = signedInCustomer(event);
    const invitation = textIn(await event.request.formData(), 'invitation');
    const { db, t } = event.locals;
    const withdraw = async () => {
      await withdrawInvitation(db, actor, invitation);
      return '/account/access?withdrawn';
    };
    return answer(t, withdraw, (problem) => ({ problems: { '': problem } }));
  },

  leave: async (event) => {
    const actor = signedInCustomer(event);
    const { db, t } = event.locals;
    const account = textIn(await event.request.formData(), 'account');
    if (!isId(account)) refuse('missing', 'access.gone');
    const leave = async () => {
      await endAccess(db, actor, { account, person: actor.id });
      return '/account/access?left';
    };
    return answer(t, leave, (problem) => ({ problems: { '': problem } }));
  }
};
