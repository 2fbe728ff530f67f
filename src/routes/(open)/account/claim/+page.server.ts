/** Connecting an account with a sign-in: number, postcode, and the code of a bill or letter. */
import { fail } from '@sveltejs/kit';
import { readClaim, type ClaimProblems } from '#lib/accounts/claim-form.ts';
import { claimAccount } from '#lib/accounts/server/claiming.ts';
import { readAccounts } from '#lib/accounts/server/customers.ts';
import { isCustomer, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { safePath } from '#lib/people/landing.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { answer } from '../../../form-action.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = customer(event);
  const claimed = event.url.searchParams.get('done');
  const accounts = claimed ? await readAccounts(event.locals.db, actor.id) : [];
  return {
    next: safePath(event.url.searchParams.get('next')),
    done: accounts.find(({ id }) => id === claimed) ?? null,
    phone: config.utilityPhone,
    isDemo: config.demo
  };
};

export const actions: Actions = {
  default: async (event) => {
    const actor = customer(event);
    const { t, db } = event.locals;
    const reading = readClaim(await event.request.formData());
    if (!reading.ok) return fail(422, { typed: reading.typed, problems: said(t, reading.problems) });

    const { number, postcode } = reading.claim;
    const claim = async () => {
      const claimed = await claimAccount(db, auth, actor, reading.claim, event.getClientAddress());
      const next = safePath(event.url.searchParams.get('next'));
      return `?done=${claimed.id}${next ? `&next=${encodeURIComponent(next)}` : ''}`;
    };
    return answer(t, claim, (problem) => ({ typed: { number, postcode }, problems: { '': problem } }));
  }
};

/** Accounts belong to customers; whoever works here has the desk. */
function customer(event: RequestEvent | Parameters<PageServerLoad>[0]): PersonActor {
  signedIn(event);
  const { actor } = event.locals;
  return isCustomer(actor) ? actor : refuse('missing', 'errors.missing');
}

const said = (t: App.Locals['t'], problems: ClaimProblems): Record<string, string> =>
  Object.fromEntries(Object.entries(problems).map(([field, words]) => [field, t(words)]));
