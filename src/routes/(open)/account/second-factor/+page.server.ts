/** The second step of signing in: set up with an app, replaced, given up; and its recovery codes. */
import { fail, type RequestEvent } from '@sveltejs/kit';
import { maySwitchOffSecondFactor, mustSetUpSecondFactor } from '#lib/people/access.ts';
import { callerOf } from '#lib/people/server/caller.ts';
import { carryCookies } from '#lib/people/server/cookies.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { textIn } from '#lib/platform/posted.ts';
import * as factor from '#lib/people/server/second-factor.ts';
import type { Person } from '#lib/people/server/session.ts';
import type { Caller } from '#lib/people/server/sign-in.ts';
import { answerFields } from '../../form-errors.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const person = signedIn(event);
  return {
    must: mustSetUpSecondFactor(person),
    may: { switchOff: maySwitchOffSecondFactor(person) },
    removed: event.url.searchParams.has('removed')
  };
};

export const actions: Actions = {
  begin: (event) =>
    withPassword(event, (caller, person, password) =>
      factor.beginSecondFactor(auth, caller, person, password)
    ),

  renew: (event) =>
    withPassword(event, async (caller, person, password) => {
      const codes = await factor.renewRecoveryCodes(auth, caller, person, password);
      return codes && { codes };
    }),

  remove: (event) =>
    withPassword(event, async (caller, person, password) => {
      const removed = await factor.switchOffSecondFactor(auth, caller, person, password);
      return removed ? '/account/second-factor?removed' : null;
    }),

  confirm: async (event) => {
    const person = signedIn(event);
    const data = await event.request.formData();
    // The same picture again, for it stands nowhere else.
    const [uri, proposal] = [textIn(data, 'uri'), textIn(data, 'proposal')];
    const answered = await answerFields(event, ['code'], async ({ code }, wrong) => {
      const confirmed = await factor.confirmSecondFactor(auth, callerOf(event), person, { code, proposal });
      if (!confirmed) return wrong({ code: { words: 'account.second_factor_code_wrong' } });
      carryCookies(confirmed.headers, event.cookies);
      return { codes: confirmed.recoveryCodes };
    });
    return 'codes' in answered ? answered : fail(answered.status, { ...answered.data, uri, proposal });
  }
};

/** Does something that takes the password again. `act` gives null when the password is wrong. */
function withPassword<Done extends string | object>(
  event: RequestEvent,
  act: (caller: Caller, person: Person, password: string) => Promise<Done | null>
) {
  const person = signedIn(event);
  return answerFields(event, ['password'], async ({ password }, wrong) => {
    const done = await act(callerOf(event), person, password);
    return done ?? wrong({ password: { words: 'account.password_wrong' } });
  });
}
