/** One plan of refills: when the next comes, what happened, and skipping, pausing, changing or ending it. */
import { fail } from '@sveltejs/kit';
import { judgeRefill, lastDay } from '#lib/refills/form.ts';
import { tellObstacle } from '#lib/refills/letters.ts';
import {
  changeRefills,
  endRefills,
  pauseRefills,
  resumeRefills,
  skipTurn
} from '#lib/refills/server/commands.ts';
import { getRefills, knownGaps, turnsOf } from '#lib/refills/server/queries.ts';
import { refillLimit } from '#lib/refills/server/limit.ts';
import { isCustomer, type Customer } from '#lib/platform/actor.ts';
import { todayAt } from '#lib/platform/dates.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { isId } from '#lib/platform/id.ts';
import { numberIn, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { answer } from '../../../../form-action.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ params, url, locals: { db, actor, locale, t } }) => {
  if (!isCustomer(actor) || !isId(params.id)) refuse('missing', 'refills.not_found');
  const plan = await getRefills(db, actor, params.id, locale);
  const turns = await turnsOf(db, plan.id);
  const waits = turns.find(({ outcome, period }) => outcome === 'waiting' && period === plan.period);
  const today = todayAt(config.timeZone);
  const limit = waits ? await refillLimit(db, plan.account_id, today) : null;
  return htmlOnly({
    plan,
    turns,
    waits:
      waits?.why && plan.state === 'active'
        ? tellObstacle({ why: waits.why, from_day: limit?.why ? limit.from_day : null }, t)
        : null,
    underWay: turns.find(({ reference, ended_at }) => reference && !ended_at)?.reference ?? null,
    usual: (await knownGaps(db, plan.account_id, config.timeZone)).has(plan.product),
    days: { from: Temporal.PlainDate.from(today).add({ days: 1 }).toString(), to: lastDay(today) },
    done: doneIn(url.searchParams.get('done'))
  });
};

export const actions: Actions = {
  skip: async (event) => {
    const period = numberIn(await event.request.formData(), 'period');
    const at = { period, today: todayAt(config.timeZone), zone: config.timeZone };
    return act(event, (customer, id) => skipTurn(event.locals.db, customer, id, at));
  },
  pause: (event) => act(event, (customer, id) => pauseRefills(event.locals.db, customer, id)),
  resume: (event) =>
    act(event, (customer, id) => resumeRefills(event.locals.db, customer, id, todayAt(config.timeZone))),
  end: (event) => act(event, (customer, id) => endRefills(event.locals.db, customer, id)),

  change: async (event) => {
    const { db, actor, locale, t } = event.locals;
    if (!isCustomer(actor) || !isId(event.params.id)) refuse('missing', 'refills.not_found');
    const plan = await getRefills(db, actor, event.params.id, locale);
    if (!plan.may_act) refuse('missing', 'refills.not_found');
    const form = await event.request.formData();
    const typed = {
      quantity: textIn(form, 'quantity').slice(0, 200),
      often: textIn(form, 'often'),
      next_on: textIn(form, 'next_on')
    };
    const known = {
      offers: [{ ...plan, code: plan.product }],
      usual: await knownGaps(db, plan.account_id, config.timeZone),
      today: todayAt(config.timeZone),
      day: plan.next_on
    };
    const judged = judgeRefill({ ...typed, product: plan.product }, known, t);
    if (!judged.ok) return fail(422, { typed, problems: judged.problems });
    return act(event, (customer, id) => changeRefills(db, customer, id, judged.wish));
  }
};

/** What cannot be done any more is said over the page, which shows why. */
async function act(
  { locals: { actor, t }, params }: RequestEvent,
  command: (customer: Customer, id: string) => Promise<unknown>
) {
  if (!isCustomer(actor) || !isId(params.id)) refuse('missing', 'refills.not_found');
  return answer(
    t,
    async () => {
      await command(actor, params.id);
      return `/orders/refills/${params.id}?done=saved`;
    },
    (refusal) => ({ refusal })
  );
}

const doneIn = (said: string | null) => (said === 'started' || said === 'saved' ? said : null);
