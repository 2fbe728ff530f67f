/** The visits of a day, area by area: how they stand, who goes, and what is owed for those that were missed. */
import { fail, redirect } from '@sveltejs/kit';
import { isDay } from '#lib/forms/day.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { textIn } from '#lib/platform/posted.ts';
import { httpStatus, Refusal, refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { listColleagues } from '#lib/people/server/staff.ts';
import { definitionOf } from '#lib/catalogue/server/catalogue.ts';
import { owedCompensations, visitsOfDay } from '#lib/requests/server/visit-lists.ts';
import { giveVisit, payCompensation } from '#lib/requests/server/visit-work.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { standing } from '#lib/visits/day.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, locale }, url }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const now = new Date();
  const today = dayAt(now, config.timeZone);
  const asked = url.searchParams.get('day') ?? '';
  const day = isDay(asked) ? asked : today;
  const [visits, colleagues, owed] = await Promise.all([
    visitsOfDay(db, { day, zone: config.timeZone }),
    listColleagues(db),
    owedCompensations(db)
  ]);
  return {
    ...{ day, today, owed },
    mayPay: actor.role !== 'agent',
    colleagues: colleagues.map(({ id, name }) => ({ id, name })),
    visits: await Promise.all(
      visits.map(async (visit) => ({
        ...{ id: visit.id, reference: visit.reference, area: visit.area, customer: visit.customer },
        ...{ from_time: visit.from_time, to_time: visit.to_time, line: visit.line, town: visit.town },
        ...{ technician_id: visit.technician_id, technician: visit.technician, state: visit.state },
        first: visit.comes_first !== null,
        type: (await definitionOf(db, visit.service_type, visit.service_version)).name[locale],
        standing: standing(visit, now)
      }))
    )
  };
};

export const actions: Actions = {
  give: (event) =>
    act(event, async (form) => {
      const to = textIn(form, 'to');
      await giveVisit(event.locals.db, staff(event), idIn(form), isId(to) ? to : null);
    }),
  pay: (event) => act(event, (form) => payCompensation(event.locals.db, staff(event), idIn(form)))
};

async function act(event: RequestEvent, command: (form: FormData) => Promise<unknown>) {
  staff(event);
  try {
    await command(await event.request.formData());
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.kind === 'missing') throw refusal;
    return fail(httpStatus[refusal.kind], { problem: event.locals.t(refusal.words, refusal.values) });
  }
  const day = event.url.searchParams.get('day') ?? '';
  redirect(303, `/desk/today${isDay(day) ? `?day=${day}` : ''}`);
}

const staff = ({ locals: { actor } }: RequestEvent) =>
  isStaff(actor) ? actor : refuse('missing', 'errors.missing');

function idIn(form: FormData) {
  const id = textIn(form, 'id');
  return isId(id) ? id : refuse('missing', 'visits.no_visit');
}
