/** Closing a customer's account at the desk: how it stands, and, for supervisors, asking, calling off and holding. */
import { fail } from '@sveltejs/kit';
import { openCustomer } from '#lib/accounts/server/customers.ts';
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import { writeDate } from '#lib/platform/dates.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { canHoldClosing, longestReason } from '#lib/privacy/closing.ts';
import {
  askToClose,
  closingOf,
  endsWith,
  holdClosing,
  holdOf,
  liftHold,
  withdrawClosing
} from '#lib/privacy/server/closing.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { answer } from '../../../../../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, locale }, params }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const { id, name, closed_at } = await openCustomer(db, actor, params.id);
  const day = (at: Date) => writeDate(dayAt(at, config.timeZone), locale);
  const { waiting, waits } = await closingOf(db, id);
  const hold = await holdOf(db, id);
  return {
    ...{ id, name, waits, may: canHoldClosing(actor), ends: await endsWith(db, id) },
    closed: closed_at && day(closed_at),
    waiting: waiting && { day: day(waiting.due_at), asked: day(waiting.asked_at) },
    hold: hold && { name: hold.by, day: day(hold.made_at), reason: hold.reason }
  };
};

type Event = Parameters<Actions[string]>[0];

/** Who decides about it; to others of the desk there is nothing to be sent. */
async function decide({ locals: { db, actor }, params }: Event): Promise<{ actor: Staff; id: string }> {
  if (!isStaff(actor) || !canHoldClosing(actor)) return refuse('missing', 'errors.missing');
  const { id } = await openCustomer(db, actor, params.id);
  return { actor, id };
}

export const actions: Actions = {
  ask: async (event) => {
    const { actor, id } = await decide(event);
    const { db, t } = event.locals;
    if (textIn(await event.request.formData(), 'sure') !== 'yes')
      return fail(422, { reason: '', problems: { sure: t('privacy.close_sure_none') } });
    const next = async () => (await askToClose(db, actor, id), `/desk/customers/${id}/closing`);
    return answer(t, next, (sure) => ({ reason: '', problems: { sure } }));
  },

  withdraw: (event) => act(event, (actor, id) => withdrawClosing(event.locals.db, actor, id)),

  hold: async (event) => {
    const { actor, id } = await decide(event);
    const { db, t } = event.locals;
    const reason = textIn(await event.request.formData(), 'reason').trim();
    if (reason.length < 3 || reason.length > longestReason)
      return fail(422, { reason, problems: { reason: t('privacy.desk_reason_none') } });
    const hold = async () => (await holdClosing(db, actor, id, reason), `/desk/customers/${id}/closing`);
    return answer(t, hold, (problem) => ({ reason, problems: { reason: problem } }));
  },

  lift: (event) => act(event, (actor, id) => liftHold(event.locals.db, actor, id))
};

async function act(event: Event, command: (actor: Staff, id: string) => Promise<unknown>) {
  const { actor, id } = await decide(event);
  const next = async () => (await command(actor, id), `/desk/customers/${id}/closing`);
  return answer(event.locals.t, next, (problem) => ({ reason: '', problems: { '': problem } }));
}
