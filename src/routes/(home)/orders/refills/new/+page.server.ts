/** Setting up refills that come by themselves: what, how many, how often, and from when. */
import { fail } from '@sveltejs/kit';
import { judgeRefill, lastDay } from '#lib/refills/form.ts';
import { dayToOrder } from '#lib/refills/rules.ts';
import { knownGaps } from '#lib/refills/server/queries.ts';
import { startRefills } from '#lib/refills/server/commands.ts';
import { bringsFirstCylinder } from '#lib/orders/first-cylinder.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { answer } from '../../../../form-action.ts';
import { toOrder } from '../../new/to-order.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { accounts, account, to, offers, usual, today } = await regularly(event);
  const inFourWeeks = Temporal.PlainDate.from(today).add({ weeks: 4 }).toString();
  return htmlOnly({
    ...{ accounts, account, to, currency: config.currency, key: keyOf(null) },
    offers: offers.map(({ code, name, amount, unit, deposit }) => ({ code, name, amount, unit, deposit })),
    usual: usual.size > 0,
    days: { from: Temporal.PlainDate.from(today).add({ days: 1 }).toString(), to: lastDay(today) },
    typed: {
      product: offers[0]?.code ?? '',
      quantity: String(offers[0]?.least ?? 1),
      often: '4',
      next_on: inFourWeeks
    }
  });
};

export const actions: Actions = {
  default: async (event) => {
    const { db, t } = event.locals;
    const { customer, account, to, offers, usual, today } = await regularly(event);
    if (!account || !to) refuse('missing', 'errors.missing');
    const form = await event.request.formData();
    const key = keyOf(textIn(form, 'key'));
    const typed = {
      product: textIn(form, 'product'),
      quantity: textIn(form, 'quantity').slice(0, 200),
      often: textIn(form, 'often'),
      next_on: textIn(form, 'next_on')
    };
    const judged = judgeRefill(typed, { offers, usual, today }, t);
    if (!judged.ok) return fail(422, { typed, key, problems: judged.problems });
    if (bringsFirstCylinder([judged.wish], offers, to.supply))
      return fail(422, { typed, key, problems: { product: t('orders.first_by_itself') } });
    // Nothing starts before it was looked over.
    const step = textIn(form, 'step');
    if (step === 'edit') return { typed, key, problems: {} as Record<string, string> };
    if (step !== 'start')
      return {
        ...{ typed, key, problems: {} as Record<string, string> },
        review: { ...judged.wish, ordered: dayToOrder(judged.wish.next_on, today) }
      };
    return answer(
      t,
      async () => {
        const plan = { key, account: account.id, premises: to.premises, wish: judged.wish };
        return `/orders/refills/${await startRefills(db, customer, plan)}?done=started`;
      },
      (problem) => ({ typed, key, problems: { '': problem } })
    );
  }
};

/** What can be brought again and again: gas, in cylinders or for a tank. */
async function regularly({ url, locals }: Pick<RequestEvent, 'url' | 'locals'>) {
  const ordering = await toOrder({ url, locals });
  const { account, offers } = ordering;
  const usual = account ? await knownGaps(locals.db, account.id, config.timeZone) : new Set<string>();
  return { ...ordering, offers: offers.filter(({ kind, sold_from }) => isGas(kind) && !sold_from), usual };
}

const isGas = (kind: string) => kind === 'cylinder' || kind === 'bulk';
