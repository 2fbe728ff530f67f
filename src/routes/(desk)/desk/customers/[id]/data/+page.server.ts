/** A copy of what is held about a customer, asked for at the desk as they asked. The archive goes to nobody but them. */
import { fail } from '@sveltejs/kit';
import { writeDate } from '#lib/platform/dates.ts';
import { textIn } from '#lib/platform/posted.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { canAsk, canBeTaken, daysKept } from '#lib/privacy/copy.ts';
import { askForCopy, copiesOf } from '#lib/privacy/server/copies.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { answer } from '../../../../../form-action.ts';
import { openStanding } from '../open-standing.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, locale }, params }) => {
  const { id, name } = (await openStanding(db, actor, params.id)).customer;
  const copies = await copiesOf(db, id);
  const day = (at: Date) => writeDate(dayAt(at, config.timeZone), locale);
  const now = new Date();
  return {
    ...{ id, name, days: daysKept, mayAsk: canAsk(copies) },
    ready: copies
      .filter((copy) => canBeTaken(copy, now))
      .map((copy) => ({ id: copy.id, day: day(copy.asked_at), until: day(copy.expires_at ?? now) }))
  };
};

export const actions: Actions = {
  default: async ({ locals: { db, actor: asker, t }, params, request }) => {
    const { actor, customer } = await openStanding(db, asker, params.id);
    if (textIn(await request.formData(), 'sure') !== 'yes')
      return fail(422, { problems: { sure: t('account.desk_sure_none') } });
    const next = async () => {
      await askForCopy(db, actor, customer.id, customer.locale);
      return `/desk/customers/${customer.id}/data`;
    };
    return answer(t, next, (problem) => ({ problems: { sure: problem } }));
  }
};
