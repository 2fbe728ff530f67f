/** Today's deliveries, for whoever drives: where to, what, what to collect; handed over against the customer's code. */
import { wholeIn } from '#lib/forms/whole.ts';
import { formatMoney } from '#lib/billing/money.ts';
import { isDay } from '#lib/platform/dates.ts';
import { deliverOrder, leftEarlyOf } from '#lib/orders/server/delivering.ts';
import { emptiesField, surrenderField } from '#lib/orders/returns.ts';
import { holdingsOfAll } from '#lib/orders/server/surrendering.ts';
import { isBeforeDay } from '#lib/orders/run.ts';
import { linesOfRun, stopsOfDay } from '#lib/orders/server/runs.ts';
import { advance, missOrder } from '#lib/orders/server/transitions.ts';
import { missedReasons } from '#lib/orders/status.ts';
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { answer } from '../../../form-action.ts';
import { noteGone } from '../hazard-gone.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, actor, locale } }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const now = new Date();
  const today = dayAt(now, config.timeZone);
  const asked = url.searchParams.get('day') ?? '';
  const day = isDay(asked) ? asked : today;
  const area = url.searchParams.get('area') || null;
  const all = await stopsOfDay(db, actor, { day });
  const stops = all.filter((stop) => area === null || stop.area === area);
  const lines = await linesOfRun(
    db,
    stops.map(({ id }) => id),
    locale
  );
  const out = stops.filter(({ status }) => status === 'on_the_way');
  const ids = out.map(({ id }) => id);
  const early = await leftEarlyOf(db, ids);
  const accounts = out.map(({ account_id }) => account_id);
  const held = await holdingsOfAll(db, accounts, locale);
  return {
    day,
    today,
    done: url.searchParams.get('done'),
    area,
    areas: [...new Map(all.map((stop) => [stop.area, stop.area_name]))].map(([code, name]) => ({
      code,
      name
    })),
    deliveries: stops.map(({ id, account_id, total, paid, ...stop }) => ({
      ...stop,
      ahead: isBeforeDay(stop, now) && !early.has(id),
      held: held.get(account_id) ?? [],
      due: BigInt(total) - BigInt(paid),
      lines: lines.filter(({ order_id }) => order_id === id)
    }))
  };
};

export const actions: Actions = {
  send: (event) =>
    act(event, async (staff, form) => {
      await advance(event.locals.db, staff, textIn(form, 'id'), 'on_the_way', { early: isEarly(form) });
    }),
  deliver: (event) =>
    act(event, async (staff, form) => {
      const paid = textIn(form, 'paid');
      const empties = Object.keys(startingWith(form, emptiesField(''))).map(
        (product) => [product, countIn(form, emptiesField(product))] as const
      );
      const says = await deliverOrder(event.locals.db, staff, textIn(form, 'id'), {
        code: textIn(form, 'code'),
        empties: Object.fromEntries(empties),
        surrendered: Object.fromEntries(
          Object.entries(backIn(form)).map(([product, count]) => [product, surrenderedIn(count)])
        ),
        paid: paid === 'cash' || paid === 'card_reader' ? paid : null,
        owed: owedIn(form),
        early: isEarly(form)
      });
      if (says !== 'right') refuse('conflict', `orders.said_${says}`);
    }),
  gone: (event) => act(event, (_, form) => noteGone(event.locals, form)),
  miss: (event) =>
    act(event, async (staff, form) => {
      const why = missedReasons.find((reason) => reason === textIn(form, 'why'));
      await missOrder(
        event.locals.db,
        staff,
        textIn(form, 'id'),
        why ?? refuse('invalid', 'orders.choose_why')
      );
    })
};

/** That it is meant, though its day is still to come. */
const isEarly = (form: FormData) => textIn(form, 'early') === 'yes';

/** What was typed of cylinders given back for good, by product. */
const backIn = (form: FormData) => startingWith(form, surrenderField(''));

/** What was typed into the fields of products, by product. */
const startingWith = (form: FormData, start: string): Record<string, string> =>
  Object.fromEntries(
    [...form.keys()]
      .filter((name) => name.startsWith(start))
      .map((name) => [name.slice(start.length), textIn(form, name).slice(0, 20)])
  );

/** Nothing typed is none; what cannot be read is asked again. */
function surrenderedIn(count: string) {
  const many = count.trim() === '' ? 0 : wholeIn(count);
  return many !== null && many <= 20 ? many : refuse('invalid', 'cylinders.at_door_wrong');
}

/** How many were handed back is said in figures: what cannot be read is not none. */
const countIn = (form: FormData, name: string) =>
  wholeIn(textIn(form, name)) ?? refuse('invalid', 'orders.stock_number');

/** What went wrong is said at the delivery it is about, with what was typed. */
async function act(
  { request, url, locals: { actor, t } }: RequestEvent,
  command: (staff: Staff, form: FormData) => Promise<void>
) {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const form = await request.formData();
  const order = textIn(form, 'id');
  const done = async () => {
    await command(actor, form);
    const [day, area] = [url.searchParams.get('day'), url.searchParams.get('area')];
    return `/desk/deliveries?${new URLSearchParams({ ...(day && { day }), ...(area && { area }), done: order })}`;
  };
  const typed = {
    ...{ code: textIn(form, 'code').slice(0, 20), paid: textIn(form, 'paid'), back: backIn(form) },
    empties: startingWith(form, emptiesField('')),
    owed: owedIn(form) < 0n ? null : String(owedIn(form))
  };
  return answer(t, done, (problem, { words, values }) => {
    if (words !== 'orders.collect_changed') return { order, typed, problem };
    const owed = String(values['amount']);
    const amount = formatMoney(BigInt(owed), config.currency, t.locale);
    return { order, typed: { ...typed, owed }, problem: t(words, { amount }) };
  });
}

/** What the driver was shown to collect. A page from before it was told of shows the sum anew. */
const owedIn = (form: FormData) => BigInt(/^\d{1,12}$/.exec(textIn(form, 'owed'))?.[0] ?? -1);
