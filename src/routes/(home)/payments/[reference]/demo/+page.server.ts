/** The page of the demo's payment provider: yes or no. Outside a demo there is no such page. */
import { getAttempt } from '#lib/payments/server/attempts.ts';
import { decideDemo } from '#lib/payments/server/demo-provider.ts';
import { providerOf } from '#lib/payments/server/provider.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { answer } from '../../../../form-action.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { reference, amount, currency } = await asked(event);
  return htmlOnly({ reference, amount, currency });
};

export const actions: Actions = {
  default: async (event) => {
    const { id, reference } = await asked(event);
    const said = textIn(await event.request.formData(), 'say') === 'yes' ? 'paid' : 'refused';
    return answer(event.locals.t, async () => {
      await decideDemo(event.locals.db, id, said);
      return `/payments/${reference}`;
    });
  }
};

/** An attempt of whoever is asked. */
async function asked({ params, locals: { db, actor } }: Pick<RequestEvent, 'params' | 'locals'>) {
  if (providerOf(db, config)?.name !== 'demo' || actor.kind !== 'person') refuse('missing', 'errors.missing');
  const attempt = await getAttempt(db, params.reference);
  return attempt.person_id === actor.id ? attempt : refuse('missing', 'errors.missing');
}
