/** What one person may do with an account of ours: changed, or ended. */
import { lastDayBefore } from '#lib/accounts/access-form.ts';
import { mayChangeAccess } from '#lib/accounts/access.ts';
import { endAccess, fellowOf, heldAccount } from '#lib/accounts/server/members.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { above, answer } from '../../../../../form-action.ts';
import { sayAccess } from '../../../../../invite-form.ts';
import { signedInCustomer } from '../../../signed-in.ts';
import { today } from '../../today.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { account, person } = await look(event);
  const until = person.expires_at && lastDayBefore(person.expires_at, config.timeZone);
  return htmlOnly({ account, person, until, today: today() });
};

export const actions: Actions = {
  change: async (event) => {
    const { actor, account, person } = await look(event);
    return sayAccess(event.locals, actor, {
      ...{ account: account.id, person: person.person_id, done: '/account/access?saved' },
      ...{ form: await event.request.formData(), today: today() }
    });
  },

  end: async (event) => {
    const { actor, account, person } = await look(event);
    const { db, t } = event.locals;
    const end = async () => {
      await endAccess(db, actor, { account: account.id, person: person.person_id });
      return '/account/access?ended';
    };
    return answer(t, end, above);
  }
};

/** To whoever does not hold the account there is nothing here. */
async function look(event: RequestEvent | Parameters<PageServerLoad>[0]) {
  const actor = signedInCustomer(event);
  const { db } = event.locals;
  const account = await heldAccount(db, actor, event.params.account);
  const person = await fellowOf(db, account.id, event.params.member);
  if (!mayChangeAccess(actor, true, person)) refuse('missing', 'access.gone');
  return { actor, account, person };
}
