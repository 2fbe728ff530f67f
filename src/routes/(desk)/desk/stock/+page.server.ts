/** The stock of the depots: counted, filled, received and corrected, each with its line in the ledger. */
import { wholeIn, wholeOrNone } from '#lib/forms/whole.ts';
import { isDay } from '#lib/platform/dates.ts';
import { refillRule, setRefillRule } from '#lib/refills/server/limit.ts';
import { changeStock, expectStock, recentMoves, stockKinds, stockList } from '#lib/orders/server/stock.ts';
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import { keyOf, textIn, typedTexts } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { answer } from '../../../form-action.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, actor, locale } }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  return {
    stock: await stockList(db, locale),
    moves: await recentMoves(db, locale),
    rule: (await refillRule(db)) ?? { gap_days: null, per_year: null },
    key: keyOf(null),
    maySetRule: actor.role !== 'agent',
    done: url.searchParams.has('done')
  };
};

export const actions: Actions = {
  change: (event) =>
    act(event, (staff, form) => {
      const kind =
        stockKinds.find((one) => one === textIn(form, 'kind')) ?? refuse('invalid', 'orders.stock_number');
      return changeStock(event.locals.db, staff, {
        ...{ ...whereIn(form), key: keyOf(textIn(form, 'key')) },
        ...{ kind, full: countIn(form, 'full', true), empty: countIn(form, 'empty') },
        reason: textIn(form, 'reason').trim().slice(0, 300)
      });
    }),
  expect: (event) =>
    act(event, (staff, form) => {
      const day = textIn(form, 'day');
      if (day !== '' && !isDay(day)) refuse('invalid', 'orders.day_wrong');
      return expectStock(event.locals.db, staff, { ...whereIn(form), day: day || null });
    }),
  rule: (event) =>
    act(event, (staff, form) => {
      const [gap, most] = [countIn(form, 'gap_days'), countIn(form, 'per_year')];
      if (gap > 120 || most > 400) refuse('invalid', 'orders.rule_wrong');
      return setRefillRule(event.locals.db, staff, { gap_days: gap || null, per_year: most || null });
    })
};

/** Left empty it is none; what cannot be read is not. */
function countIn(form: FormData, name: string, required = false) {
  const typed = textIn(form, name);
  return (required ? wholeIn(typed) : wholeOrNone(typed)) ?? refuse('invalid', 'orders.stock_number');
}

/** Which row of which depot: both by their codes. */
function whereIn(form: FormData) {
  const [depot = '', product = ''] = textIn(form, 'place').split(' ');
  return { depot, product };
}

/** What went wrong is said at the row it is about. */
async function act(
  { request, locals: { actor, t } }: RequestEvent,
  command: (staff: Staff, form: FormData) => Promise<void>
) {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const form = await request.formData();
  const { depot, product } = whereIn(form);
  const done = async () => {
    await command(actor, form);
    return '/desk/stock?done=1';
  };
  return answer(t, done, (problem) => ({ at: `${depot} ${product}`, problem, typed: typedTexts(form) }));
}
