/** Visits in one's own calendar: making the private address that it reads by, and ending it. */
import { htmlOnly } from '#lib/platform/html-only.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { addressesOf, endAddress, makeAddress } from '#lib/visits/server/addresses.ts';
import { answer } from '../../../form-action.ts';
import { signedInCustomer } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = signedInCustomer(event);
  return htmlOnly({ key: keyOf(null), addresses: await addressesOf(event.locals.db, actor) });
};

export const actions: Actions = {
  make: async (event) => {
    const actor = signedInCustomer(event);
    const { db, t } = event.locals;
    const key = keyOf(textIn(await event.request.formData(), 'key'));
    const make = async () => {
      const secret = await makeAddress(db, actor, { key, secret: config.secret });
      return { address: `${config.origin}/calendar/${secret}.ics` };
    };
    return answer(t, make, (refusal) => ({ refusal }));
  },
  end: async (event) => {
    const actor = signedInCustomer(event);
    const { db, t } = event.locals;
    const id = textIn(await event.request.formData(), 'id');
    const end = async () => (await endAddress(db, actor, id), '/account/calendar');
    return answer(t, end, (refusal) => ({ refusal }));
  }
};
