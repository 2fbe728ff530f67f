/** The visits of a day, area by area: how they stand, who goes, and what is owed for those that were missed. */
import { isDay } from '#lib/platform/dates.ts';
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { moved, standingOf } from '#lib/orders/run.ts';
import { deliveriesOfDay, linesOfRun, orderRun } from '#lib/orders/server/runs.ts';
import { listColleagues } from '#lib/people/server/staff.ts';
import { definitionOf } from '#lib/catalogue/server/catalogue.ts';
import { chargesDue, owedCompensations, visitsOfDay } from '#lib/visits/server/lists.ts';
import { recentChatRatings } from '#lib/chat/server/ratings.ts';
import { recentOrderRatings } from '#lib/orders/server/rating.ts';
import { recentVisitRatings } from '#lib/visits/server/rating.ts';
import { giveVisit, orderVisits, payCompensation, waiveCharge } from '#lib/visits/server/work.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { inOrder, standing } from '#lib/visits/day.ts';
import { answer } from '../../../form-action.ts';
import { leftOver } from './left-over.ts';
import { isToCome, stopsOf } from './stops.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { db, actor, locale } = locals;
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const now = new Date();
  const today = dayAt(now, config.timeZone);
  const asked = url.searchParams.get('day') ?? '';
  const day = isDay(asked) ? asked : today;
  const [visits, colleagues, owed, deliveries] = await Promise.all([
    visitsOfDay(db, { day, zone: config.timeZone }),
    listColleagues(db),
    owedCompensations(db),
    deliveriesOfDay(db, actor, { day })
  ]);
  const lines = Map.groupBy(
    await linesOfRun(
      db,
      deliveries.map(({ id }) => id),
      locale
    ),
    ({ order_id }) => order_id
  );
  const stops = stopsOf(visits);
  return {
    ...{ day, today, owed },
    leftOver: day === today ? await leftOver(locals, today) : [],
    charges: await chargesDue(db),
    mayPay: actor.role !== 'agent',
    ratings: actor.role === 'agent' ? [] : await saidOf(db, actor),
    deliveries: deliveries.map((stop) => ({
      ...{ reference: stop.reference, area: stop.area, area_name: stop.area_name, holder: stop.holder },
      ...{ from_time: stop.from_time, to_time: stop.to_time, line: stop.line, town: stop.town },
      ...{ status: stop.status, first: stop.comes_first },
      contents: (lines.get(stop.id) ?? []).map(({ quantity, unit, name }) => ({ quantity, unit, name })),
      standing: standingOf(stop, now)
    })),
    colleagues: colleagues.map(({ id, name }) => ({ id, name })),
    visits: await Promise.all(
      visits.map(async (visit) => ({
        ...{ id: visit.id, reference: visit.reference, area: visit.area, customer: visit.customer },
        ...{ from_time: visit.from_time, to_time: visit.to_time, line: visit.line, town: visit.town },
        stop: stops.get(visit.id) ?? null,
        ...{ technician_id: visit.technician_id, technician: visit.technician, state: visit.state },
        first: visit.comes_first !== null,
        type: (await definitionOf(db, visit.service_type, visit.service_version)).name[locale],
        standing: standing(visit, now)
      }))
    )
  };
};

/** What customers said lately, of visits, deliveries and chats alike. */
async function saidOf(db: App.Locals['db'], actor: Actor) {
  const [visits, orders, chats] = await Promise.all([
    recentVisitRatings(db),
    recentOrderRatings(db),
    recentChatRatings(db, actor)
  ]);
  return [
    ...visits.map(({ technician: by, ...one }) => ({ ...one, by, of: 'visit' as const })),
    ...orders.map((one) => ({ ...one, by: null, of: 'delivery' as const })),
    ...chats.map((one) => ({ ...one, of: 'chat' as const }))
  ]
    .toSorted((a, b) => b.changed_at.getTime() - a.changed_at.getTime())
    .slice(0, 12);
}

export const actions: Actions = {
  give: (event) =>
    act(event, async (form) => {
      const to = textIn(form, 'to');
      await giveVisit(event.locals.db, staff(event), idIn(form), isId(to) ? to : null);
    }),
  /** One stop of a run goes a place up or down. */
  run: (event) =>
    act(event, async (form) => {
      const day = textIn(form, 'day');
      const [area, reference] = [textIn(form, 'area'), textIn(form, 'id')];
      if (!isDay(day)) refuse('missing', 'errors.missing');
      const stops = await deliveriesOfDay(event.locals.db, staff(event), { day, area });
      const run = stops.filter(({ status }) => status !== 'delivered' && status !== 'missed');
      const order = moved(
        run.map((stop) => stop.reference),
        reference,
        textIn(form, 'to') === 'later' ? 1 : -1
      );
      if (order) await orderRun(event.locals.db, staff(event), order);
    }),
  /** One visit of somebody's day goes a place up or down. */
  order: (event) =>
    act(event, async (form) => {
      const [day, id] = [textIn(form, 'day'), idIn(form)];
      if (!isDay(day)) refuse('missing', 'errors.missing');
      const { db } = event.locals;
      const visits = (await visitsOfDay(db, { day, zone: config.timeZone })).filter(isToCome);
      const technician = visits.find((visit) => visit.id === id)?.technician_id;
      if (!technician) refuse('conflict', 'visits.is_over');
      const theirs = inOrder(visits.filter(({ technician_id }) => technician_id === technician));
      const order = moved(
        theirs.map((visit) => visit.id),
        id,
        textIn(form, 'to') === 'later' ? 1 : -1
      );
      if (order) await orderVisits(db, staff(event), order, technician);
    }),
  waive: (event) => act(event, (form) => waiveCharge(event.locals.db, staff(event), idIn(form))),
  pay: (event) => act(event, (form) => payCompensation(event.locals.db, staff(event), idIn(form)))
};

function act(event: RequestEvent, command: (form: FormData) => Promise<unknown>) {
  staff(event);
  return answer(event.locals.t, async () => {
    await command(await event.request.formData());
    const day = event.url.searchParams.get('day') ?? '';
    return `/desk/today${isDay(day) ? `?day=${day}` : ''}`;
  });
}

const staff = ({ locals: { actor } }: RequestEvent) =>
  isStaff(actor) ? actor : refuse('missing', 'errors.missing');

function idIn(form: FormData) {
  const id = textIn(form, 'id');
  return isId(id) ? id : refuse('missing', 'visits.no_visit');
}
