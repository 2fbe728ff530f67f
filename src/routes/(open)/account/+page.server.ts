/** Settings: who somebody is to us, and the way to everything about signing in. */
import { readAccounts } from '#lib/accounts/server/customers.ts';
import { isCustomer } from '#lib/platform/actor.ts';
import { changeProfile } from '#lib/people/server/commands.ts';
import { profileOf } from '#lib/people/server/queries.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { actorOf } from '#lib/people/server/session.ts';
import { answerFields } from '../form-errors.ts';
import { textsOf } from '../../texts-of.ts';
import type { Actions, PageServerLoad } from './$types';
import { signedIn } from './signed-in.ts';

export const load: PageServerLoad = async (event) => {
  const person = signedIn(event);
  const { db, actor } = event.locals;
  return {
    profile: await profileOf(auth.db, person.id),
    accounts: isCustomer(actor) ? await readAccounts(db, actor.id) : null,
    texts: isCustomer(actor) ? await textsOf(db, actor.id) : null,
    saved: event.url.searchParams.has('saved')
  };
};

export const actions: Actions = {
  default: (event) => {
    const person = signedIn(event);
    return answerFields(event, ['name', 'phone', 'locale'], async (typed) => {
      await changeProfile(auth.db, actorOf(person), typed);
      // The language of this browser follows; otherwise a choice made earlier would win over the one made now.
      event.cookies.delete('locale', { path: '/' });
      return '/account?saved';
    });
  }
};
