/** The second step of signing in: set up with an app, replaced, given up; and its recovery codes. */
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { readFields } from '#lib/people/form.ts';
import { maySwitchOffSecondFactor, mustSetUpSecondFactor } from '#lib/people/access.ts';
import { callerOf } from '#lib/people/server/caller.ts';
import { carryCookies } from '#lib/people/server/cookies.ts';
import { auth } from '#lib/people/server/runtime.ts';
import * as factor from '#lib/people/server/second-factor.ts';
import type { Person } from '#lib/people/server/session.ts';
import type { Caller } from '#lib/people/server/sign-in.ts';
import { sayNo, sayRefused } from '../../form-errors.ts';
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
      return removed ? redirect(303, '/account/second-factor?removed') : null;
    }),

  confirm: async (event) => {
    const person = signedIn(event);
    const { t } = event.locals;
    const data = await event.request.formData();
    const reading = readFields(data, ['code']);
    // The same picture again, for it stands nowhere else.
    const uri = textIn(data, 'uri');
    const proposal = textIn(data, 'proposal');
    const again = (no: ReturnType<typeof sayNo>) => fail(no.status, { ...no.data, uri, proposal });
    if (!reading.ok) return again(sayNo(t, reading.typed, reading.problems));

    try {
      const given = { code: reading.typed.code, proposal };
      const confirmed = await factor.confirmSecondFactor(auth, callerOf(event), person, given);
      if (!confirmed)
        return again(sayNo(t, reading.typed, { code: { words: 'account.second_factor_code_wrong' } }));
      carryCookies(confirmed.headers, event.cookies);
      return { codes: confirmed.recoveryCodes };
    } catch (refusal) {
      return again(sayRefused(t, reading.typed, refusal));
    }
  }
};

function textIn(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}

/** Does something that takes the password again. `act` gives null when the password is wrong. */
async function withPassword<Done extends object>(
  event: RequestEvent,
  act: (caller: Caller, person: Person, password: string) => Promise<Done | null>
) {
  const person = signedIn(event);
  const { t } = event.locals;
  const reading = readFields(await event.request.formData(), ['password']);
  if (!reading.ok) return sayNo(t, reading.typed, reading.problems);

  try {
    const done = await act(callerOf(event), person, reading.typed.password);
    return done ?? sayNo(t, reading.typed, { password: { words: 'account.password_wrong' } });
  } catch (refusal) {
    return sayRefused(t, reading.typed, refusal);
  }
}
