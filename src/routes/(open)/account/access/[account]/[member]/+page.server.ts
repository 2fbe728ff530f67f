/** What one person may do with an account of ours: changed, or ended. */
import { fail, redirect } from '@sveltejs/kit';
import { endOf, lastDayBefore, readAccess } from '#lib/accounts/access-form.ts';
import { mayChangeAccess } from '#lib/accounts/access.ts';
import { changeAccess, endAccess, fellowOf, heldAccount } from '#lib/accounts/server/members.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
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
    const { db, t } = event.locals;
    const read = readAccess(await event.request.formData(), today());
    if (!read.ok) {
      const said = Object.entries(read.problems).map(([field, words]) => [field, t(words)]);
      return fail(422, { typed: read.typed, problems: Object.fromEntries(said) as Record<string, string> });
    }
    const { scope, until } = read.said;
    const end = until ? endOf(until, config.timeZone) : null;
    await changeAccess(db, actor, { account: account.id, person: person.person_id }, { scope, end });
    redirect(303, '/account/access?saved');
  },

  end: async (event) => {
    const { actor, account, person } = await look(event);
    await endAccess(event.locals.db, actor, { account: account.id, person: person.person_id });
    redirect(303, '/account/access?ended');
  }
};

/** To whoever does not hold the account there is nothing here. */
async function look(event: RequestEvent | Parameters<PageServerLoad>[0]) {
  const actor = signedInCustomer(event);
  const { db } = event.locals;
  const account = await heldAccount(db, actor, event.params.account);
  const person = await fellowOf(db, account.id, event.params.member);
  if (!mayChangeAccess(true, person)) refuse('missing', 'access.gone');
  return { actor, account, person };
}
