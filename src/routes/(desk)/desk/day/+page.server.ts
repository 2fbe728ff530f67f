/** A technician's day: the visits that are theirs, in their order, setting out, and what became of each. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import { metersOf } from '#lib/accounts/server/readings.ts';
import { listAttachments } from '#lib/files/server/queries.ts';
import { showAnswers } from '#lib/forms/answers.ts';
import { isDay } from '#lib/platform/dates.ts';
import type { Answers } from '#lib/forms/form.ts';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { textIn, textsIn } from '#lib/platform/posted.ts';
import { openStorage } from '#lib/files/server/storage.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { definitionOf } from '#lib/catalogue/server/catalogue.ts';
import { getRequest } from '#lib/requests/server/queries.ts';
import { hazardsOf } from '#lib/visits/server/hazards.ts';
import { visitsBefore, visitsOfDay } from '#lib/visits/server/lists.ts';
import { sendReport } from '#lib/visits/server/reporting.ts';
import { orderVisits, setOut } from '#lib/visits/server/work.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { inOrder, isEarly, minutesAway, standing } from '#lib/visits/day.ts';
import { ReportForm } from '#lib/visits/report-form.ts';
import { answer } from '../../../form-action.ts';
import { noteGone } from '../hazard-gone.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db, locale } = event.locals;
  const actor = staff(event);
  const now = new Date();
  const today = dayAt(now, config.timeZone);
  const asked = event.url.searchParams.get('day') ?? '';
  const day = isDay(asked) ? asked : today;
  const visits = inOrder(await visitsOfDay(db, { day, zone: config.timeZone, technician: actor.id }));
  const hazards = await hazardsOf(
    db,
    actor,
    visits.flatMap(({ premises_id }) => premises_id ?? [])
  );
  return {
    ...{ day, today, me: actor.id },
    // Those that are not over are what an order is about.
    order: visits.filter(({ state }) => isToCome(state)).map(({ id }) => id),
    visits: await Promise.all(
      visits.map(async ({ account_id, premises_id, service_type, service_version, ...visit }) => {
        const [request, definition, files, meters, before] = await Promise.all([
          getRequest(db, actor, visit.reference),
          definitionOf(db, service_type, service_version),
          listAttachments(db, actor, visit.request_id),
          account_id ? metersOf(db, account_id) : [],
          beforeAt(event.locals, visit.id)
        ]);
        const answers = showAnswers(definition, request.answers as Answers, locale);
        return {
          ...visit,
          key: randomUUID(),
          type: definition.name[locale],
          description: request.description,
          // What to mind comes before all else that was answered.
          mind: answers.filter(({ name }) => minded.includes(name) && !(premises_id && name === 'hazards')),
          // Of a place that is known, all that anybody said of it counts, and not this request alone.
          place: premises_id ? { id: premises_id, hazards: hazards.get(premises_id)?.known ?? [] } : null,
          answers: answers.filter(({ name }) => !minded.includes(name)),
          files,
          before,
          meter: meters.find((meter) => meter.premises_id === premises_id) ?? null,
          standing: standing(visit, now),
          early: isEarly(visit, now, config.timeZone)
        };
      })
    )
  };
};

/** What colleagues found there before. */
const beforeAt = async ({ db, locale }: App.Locals, visit: string) =>
  Promise.all(
    (await visitsBefore(db, visit)).map(async ({ service_type, service_version, ...one }) => ({
      ...one,
      type: (await definitionOf(db, service_type, service_version)).name[locale]
    }))
  );

const storage = openStorage(join(config.dataDir, 'files'));
const minded = ['hazards', 'access_notes', 'adult_present'];
const isToCome = (state: string) => state === 'booked' || state === 'on_the_way';

export const actions: Actions = {
  on_way: (event) =>
    act(event, async (form, actor) => {
      const asked = Number(textIn(form, 'minutes'));
      const minutes = minutesAway.find((some) => some === asked) ?? 30;
      await setOut(event.locals.db, actor, idIn(form), { minutes, now: new Date(), zone: config.timeZone });
    }),
  order: (event) =>
    act(event, (form, actor) =>
      orderVisits(event.locals.db, actor, textIn(form, 'order').split(',').filter(isId))
    ),
  gone: (event) => act(event, (form) => noteGone(event.locals, form)),
  report: (event) =>
    act(event, async (form, actor) => {
      const read = v.safeParse(ReportForm, {
        ...Object.fromEntries(form),
        attachment: textsIn(form, 'attachment').join(',')
      });
      if (!read.success) refuse('invalid', 'visits.choose_outcome');
      const { locale } = event.locals;
      const { jurisdiction, currency } = config;
      const report = { ...read.output, locale, zone: config.timeZone, terms: { jurisdiction, currency } };
      await sendReport(event.locals.db, actor, idIn(form), report, storage);
    })
};

async function act(event: RequestEvent, command: (form: FormData, actor: PersonActor) => Promise<unknown>) {
  const actor = staff(event);
  const form = await event.request.formData();
  const day = event.url.searchParams.get('day') ?? '';
  const done = async () => (await command(form, actor), `/desk/day${isDay(day) ? `?day=${day}` : ''}`);
  return answer(event.locals.t, done, (problem) => ({
    ...{ problem, id: textIn(form, 'id'), reports: form.has('note'), note: textIn(form, 'note') },
    outcome: textIn(form, 'outcome'),
    ...{ met: textIn(form, 'met'), digits: textIn(form, 'digits'), code: textIn(form, 'code') }
  }));
}

const staff = ({ locals: { actor } }: RequestEvent | Parameters<PageServerLoad>[0]): PersonActor =>
  isStaff(actor) ? actor : refuse('missing', 'errors.missing');

function idIn(form: FormData) {
  const id = textIn(form, 'id');
  return isId(id) ? id : refuse('missing', 'visits.no_visit');
}
