/** Text messages: their number proved by a code, turned off and on again. Where none are sent there is no such page. */
import { htmlOnly } from '#lib/platform/html-only.ts';
import { textable } from '#lib/platform/phone.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { textIn } from '#lib/platform/posted.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { detailsOf } from '#lib/people/server/details.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { askForCode, codeWaits, confirmCode, turnTexts } from '#lib/people/server/text-number.ts';
import { answer } from '../../../form-action.ts';
import { textsOf } from '../../../texts-of.ts';
import { signedInCustomer } from '../signed-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { id } = owner(event);
  const { db } = event.locals;
  const [{ phone }, texts] = await Promise.all([detailsOf(db, id), textsOf(db, id)]);
  return htmlOnly({
    texts,
    phone,
    mobile: phone ? textable(phone, config.jurisdiction) : null,
    waits: await codeWaits(auth.db, id),
    isDemo: config.demo
  });
};

export const actions: Actions = {
  /** A code goes to the number. */
  send: (event) =>
    doing(event, async (actor, from) => {
      await askForCode(auth, actor, from);
      return '/account/texts#code';
    }),

  /** They type the code that came. */
  confirm: async (event) => {
    const typed = textIn(await event.request.formData(), 'code').slice(0, 40);
    return doing(
      event,
      async (actor, from) => {
        await confirmCode(auth, actor, typed, from);
        return '/account/letters?confirmed';
      },
      'code'
    );
  },

  stop: (event) =>
    doing(event, async (actor) => {
      await turnTexts(auth, actor, false);
      return '/account/texts';
    }),

  resume: (event) =>
    doing(event, async (actor) => {
      await turnTexts(auth, actor, true);
      return '/account/texts';
    })
};

type Doer = ReturnType<typeof owner>;
type From = Parameters<typeof askForCode>[2];

function doing(event: RequestEvent, does: (actor: Doer, from: From) => Promise<string>, field = '') {
  const actor = owner(event);
  const from = { address: event.getClientAddress(), jurisdiction: config.jurisdiction };
  return answer(
    event.locals.t,
    () => does(actor, from),
    (problem) => ({ field, problem })
  );
}

function owner(event: Parameters<typeof signedInCustomer>[0]) {
  const actor = signedInCustomer(event);
  return config.texts ? actor : refuse('missing', 'errors.missing');
}
