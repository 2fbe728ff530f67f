/** Planning when somebody can come: an area's pattern, its weeks, and the days that are closed. */
import * as v from 'valibot';
import { deliverySkills, skills } from '#lib/catalogue/skills.ts';
import { wholeIn } from '#lib/forms/whole.ts';
import { isDay } from '#lib/platform/dates.ts';
import { dayFromToday } from '#lib/forms/day.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { keyOf, textIn, textsIn, typedTexts } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { closeDeliveries, closeWindow } from '#lib/orders/server/closing.ts';
import { closeDay, closeVisits } from '#lib/visits/server/closing-days.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { extraForm, mondayOf, patternForm, readArea, rulesForm } from '#lib/slots/planning-form.ts';
import { closedReasons, slotKinds } from '#lib/slots/rules.ts';
import { addExtra, openSlot } from '#lib/slots/server/one-day.ts';
import { rulesOf, setRules } from '#lib/slots/server/slot-rules.ts';
import * as planning from '#lib/slots/server/planning.ts';
import { answer } from '../../../form-action.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db } = event.locals;
  planner(event);
  const areas = await planning.listAreas(db);
  const { area, kind, from } = viewIn(event, areas);
  const view = { area, kind, from };
  const [pattern, slots, off] = area
    ? await Promise.all([
        planning.patternOf(db, area, kind),
        planning.weekOf(db, view),
        planning.daysOff(db, view)
      ])
    : [[], [], []];
  return {
    ...{ areas, area, kind, from, pattern, slots, off, key: keyOf(null) },
    skills: kind === 'delivery' ? deliverySkills : skills,
    rules: await rulesOf(db, kind),
    currency: config.currency,
    set: event.url.searchParams.has('set'),
    shut: event.url.searchParams.has('shut'),
    told: Number(event.url.searchParams.get('told') ?? -1),
    today: dayAt(new Date(), config.timeZone),
    days: Array.from({ length: 7 }, (_, days) => dayFromToday({ days }, { today: from }))
  };
};

export const actions: Actions = {
  area: (event) =>
    act(event, async (form) => {
      const read = readArea(textIn(form, 'name'), textIn(form, 'prefixes'));
      if (!read) refuse('invalid', 'slots.area_wrong');
      return { area: await planning.addArea(event.locals.db, planner(event), read) };
    }),
  add: (event) =>
    act(event, async (form) => {
      const read = v.safeParse(patternForm(config.currency), {
        ...Object.fromEntries(form),
        weekdays: textsIn(form, 'weekdays')
      });
      if (!read.success) refuse('invalid', 'slots.pattern_wrong');
      const pattern = { ...read.output, zone: config.timeZone };
      await planning.addPattern(event.locals.db, planner(event), areaIn(form), pattern);
    }),
  extra: (event) =>
    act(event, async (form) => {
      const read = v.safeParse(extraForm(config.currency), Object.fromEntries(form));
      if (!read.success) refuse('invalid', 'slots.extra_wrong');
      const place = { area: areaIn(form), zone: config.timeZone };
      const extra = { ...place, ...read.output, id: keyOf(textIn(form, 'key')) };
      await addExtra(event.locals.db, planner(event), extra);
    }),
  remove: (event) =>
    act(event, (form) => planning.removePattern(event.locals.db, planner(event), idIn(form))),
  copy: (event) =>
    act(event, (form) =>
      planning.copyPattern(event.locals.db, planner(event), {
        ...{ from: textIn(form, 'from'), to: areaIn(form), zone: config.timeZone },
        kind: kindIn(textIn(form, 'kind'))
      })
    ),
  capacity: (event) =>
    act(event, (form) => {
      const capacity = wholeIn(textIn(form, 'capacity'));
      if (capacity === null || capacity > 500) refuse('invalid', 'slots.capacity_wrong');
      return planning.setCapacity(event.locals.db, planner(event), idIn(form), capacity);
    }),
  close: (event) =>
    act(event, async (form) => {
      const closed = { area: areaIn(form), day: dayIn(form), reason: reasonIn(form) };
      const close = kindIn(textIn(form, 'kind')) === 'delivery' ? closeDeliveries : closeDay;
      return { told: await close(event.locals.db, planner(event), closed) };
    }),
  /** One window alone, whoever is booked in it being told. */
  shut: (event) =>
    act(event, async (form) => {
      const closed = { slot: idIn(form), reason: reasonIn(form) };
      const close = kindIn(textIn(form, 'kind')) === 'delivery' ? closeWindow : closeVisits;
      return { told: await close(event.locals.db, planner(event), closed), shut: 1 };
    }),
  reopen: (event) => act(event, (form) => openSlot(event.locals.db, planner(event), idIn(form))),
  rules: (event) =>
    act(event, async (form) => {
      const read = v.safeParse(rulesForm(config.currency), Object.fromEntries(form));
      if (!read.success) refuse('invalid', 'slots.rules_wrong');
      const kind = kindIn(textIn(form, 'kind'));
      await setRules(event.locals.db, planner(event), kind, read.output, config.timeZone);
      return { set: kind };
    }),
  open: (event) =>
    act(event, (form) =>
      planning.openDay(event.locals.db, planner(event), {
        ...{ area: areaIn(form), kind: kindIn(textIn(form, 'kind')), day: dayIn(form), zone: config.timeZone }
      })
    )
};

async function act(event: RequestEvent, command: (form: FormData) => Promise<unknown>) {
  planner(event);
  const form = await event.request.formData();
  const { url } = event;
  const next = async () => {
    const done = await command(form);
    for (const name of [...url.searchParams.keys()]) if (name.startsWith('/')) url.searchParams.delete(name);
    for (const name of ['told', 'set', 'shut']) url.searchParams.delete(name);
    // A command answers with what the page should show next, or with what is of no interest to it.
    for (const name of ['area', 'told', 'set', 'shut'] as const)
      if (done && typeof done === 'object' && name in done)
        url.searchParams.set(name, String((done as Record<string, unknown>)[name]));
    return `${url.pathname}?${url.searchParams.toString()}`;
  };
  return answer(event.locals.t, next, (problem) => ({
    problem,
    typed: typedTexts(form)
  }));
}

function viewIn({ url }: { url: URL }, areas: readonly { code: string }[]) {
  const asked = url.searchParams.get('week') ?? '';
  return {
    area: areas.find(({ code }) => code === url.searchParams.get('area'))?.code ?? areas[0]?.code ?? '',
    kind: kindIn(url.searchParams.get('kind')),
    from: mondayOf(isDay(asked) ? asked : dayAt(new Date(), config.timeZone))
  };
}

function planner({ locals: { actor } }: { locals: App.Locals }) {
  return isStaff(actor) && planning.mayPlan(actor) ? actor : refuse('missing', 'errors.missing');
}

const kindIn = (text: string | null) => slotKinds.find((kind) => kind === text) ?? 'visit';
const areaIn = (form: FormData) => textIn(form, 'area') || refuse('invalid', 'slots.choose_area');

const reasonIn = (form: FormData) =>
  closedReasons.find((one) => one === textIn(form, 'reason')) ?? refuse('invalid', 'slots.choose_reason');

function idIn(form: FormData) {
  const id = textIn(form, 'id');
  return isId(id) ? id : refuse('missing', 'errors.missing');
}

function dayIn(form: FormData) {
  const day = textIn(form, 'day');
  return isDay(day) ? day : refuse('invalid', 'desk.choose_day');
}
