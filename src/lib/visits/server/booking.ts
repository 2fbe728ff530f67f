/** Booking, moving and calling off a visit in the slots that are offered for it, by the customer or on their behalf. */
import { sql } from 'kysely';
import { isStaff, type Asker, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { cutOffValues, cutOffWords, stricter } from '#lib/slots/rules.ts';
import { rulesOf } from '#lib/slots/server/slot-rules.ts';
import { areaOf, movePlace, offeredSlots, placeOf, takePlace } from '#lib/slots/server/slots.ts';
import type { CalendarVisit } from './calendar.ts';
import { skillOf } from '#lib/catalogue/skills.ts';
import { canWorkOn } from '#lib/requests/access.ts';
import { canBookVisit, changesOf, postcodesIn, type ComingVisit } from '../access.ts';
import { noteChangesSince } from '#lib/requests/server/conflict.ts';
import { holdRequest, type RequestRow } from '#lib/requests/server/queries.ts';
import { record, recordAndTell } from '#lib/requests/server/timeline.ts';
import { move } from '#lib/requests/server/transitions.ts';
import { clearVisitTimes, setNeedsVisit, setVisitTimes } from '#lib/requests/server/visited.ts';

interface Clock {
  now: Date;
  /** The utility's zone, for what was agreed without a slot. */
  zone: string;
}

/** The visit of a request that is still to come, and what can be picked for it. */
export async function visitOf(db: Db, actor: Asker, request: RequestRow, clock: Clock) {
  const [visit, area, money] = await Promise.all([
    comingVisit(db, request.id, clock),
    areaOfRequest(db, request),
    visitMoney(db, request.id)
  ]);
  const rules = await rulesOf(db, 'visit');
  const may = visit
    ? changesOf(actor, request, visit, { rules, now: clock.now })
    : { move: canBookVisit(actor, request), callOff: false };
  const slots = may.move && area ? await offeredFor(db, actor, request, { area, now: clock.now }) : [];
  // The time that it has is none to move to.
  const others = visit ? slots.filter((slot) => !isAt(visit, slot)) : slots;
  const until = cutOffWords(stricter(rules.moveUntil, rules.cancelUntil));
  const code = visit && !isStaff(actor) ? await codeOf(db, visit.id) : null;
  const { adult } = rules;
  return { until, code, visit, adult, ...money, slots: others, may, speaks: canBookVisit(actor, request) };
}

/** Takes a place in a slot that is offered: a visit is booked, or moved. A second click finds it done. */
export function bookSlot(db: Db, actor: Asker, reference: string, { slot, seen, ...clock }: Booking) {
  return db.transaction().execute(async (tx) => {
    const request = await holdRequest(tx, actor, reference);
    if (!canBookVisit(actor, request)) refuse('forbidden', 'visits.cannot_book');
    const [visit, place] = [
      await comingVisit(tx, request.id, clock),
      await placeOf(tx, { kind: 'request', id: request.id })
    ];
    if (place?.slot === slot && visit) return;
    if (seen !== undefined && isStaff(actor)) await noteChangesSince(tx, actor, request, seen);
    const rules = await rulesOf(tx, 'visit');
    if (visit && !changesOf(actor, request, visit, { rules, now: clock.now }).move)
      refuse('forbidden', 'visits.too_late_to_move', cutOffValues(rules.moveUntil));

    const area = await areaOfRequest(tx, request);
    const offered = area ? await offeredFor(tx, actor, request, { area, now: clock.now }) : [];
    const wanted = offered.find(({ id }) => id === slot) ?? refuse('conflict', 'slots.slot_gone');
    const subject = { kind: 'request' as const, id: request.id };
    await (place ? movePlace(tx, { slot, subject }) : takePlace(tx, { slot, subject }));

    const times = { visit_on: wanted.on_day, visit_from: wanted.from_time, visit_to: wanted.to_time };
    // In one statement: a place without its visit is given back at once.
    await (request.status === 'scheduled'
      ? setVisitTimes(tx, request.id, times)
      : move(tx, actor, request, 'scheduled', { occasion: null, beside: times }));
    const payload = visit ? { ...times, state: 'moved', was: timesOf(visit) } : { ...times, state: 'booked' };
    await recordAndTell(tx, request.id, { kind: 'visit', payload }, visit ? 'visit_moved' : 'booked');
  });
}

/** The visit is not wanted any more, but the request goes on. A second click finds it done. */
export function callOffVisit(db: Db, actor: Asker, reference: string, { seen, ...clock }: CallingOff) {
  return db.transaction().execute(async (tx) => {
    const request = await holdRequest(tx, actor, reference);
    if (!canBookVisit(actor, request)) refuse('forbidden', 'visits.cannot_book');
    const visit = await comingVisit(tx, request.id, clock);
    if (!visit) return;
    if (seen !== undefined && isStaff(actor)) await noteChangesSince(tx, actor, request, seen);
    const rules = await rulesOf(tx, 'visit');
    if (!changesOf(actor, request, visit, { rules, now: clock.now }).callOff)
      refuse('forbidden', 'visits.too_late_to_call_off', cutOffValues(rules.cancelUntil));

    if (request.status === 'scheduled') await move(tx, actor, request, 'open', { occasion: null });
    await clearVisitTimes(tx, request.id);
    const payload = { ...timesOf(visit), state: 'called_off' };
    await recordAndTell(tx, request.id, { kind: 'visit', payload }, 'visit_off');
  });
}

const timesOf = ({ on_day, from_time, to_time }: ComingVisit) => ({
  ...{ visit_on: on_day, visit_from: from_time, visit_to: to_time }
});

/** The desk says that it takes a visit, or that it does not: its customer may pick a time from then on. */
export function needVisit(
  db: Db,
  actor: PersonActor,
  reference: string,
  { needs, seen }: { needs: 'yes' | 'no'; seen: number }
) {
  return db.transaction().execute(async (tx) => {
    const request = await holdRequest(tx, actor, reference);
    if (!canWorkOn(actor, request)) refuse('forbidden', 'requests.cannot_work_on');
    await noteChangesSince(tx, actor, request, seen);
    if (request.needs_visit === (needs === 'yes')) return;
    await setNeedsVisit(tx, request.id, needs === 'yes');
    const state = needs === 'yes' ? 'needed' : 'not_needed';
    await record(tx, request.id, { kind: 'visit', payload: { state } });
  });
}

/** The newest visit of a request, over or to come, as a calendar is told of it. */
export async function latestVisit(db: Db, request: string, zone: string): Promise<CalendarVisit | null> {
  const visit = await db
    .selectFrom('visit as v')
    .innerJoin('request as r', 'r.id', 'v.request_id')
    .leftJoin('premises as p', 'p.id', 'r.premises_id')
    .select([
      'v.id',
      'v.on_day',
      'v.from_time',
      'v.to_time',
      'v.state',
      'v.sequence',
      'v.changed_at',
      'r.reference'
    ])
    .select([
      sql<string>`coalesce(v.zone, ${zone})`.as('zone'),
      sql<string | null>`p.line || ', ' || p.town`.as('place')
    ])
    .where('v.request_id', '=', request)
    .orderBy('v.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return visit ?? null;
}

/** What we owe for a visit of this request, and what one costs: for as long as the request can be read. */
export async function visitMoney(db: Db, request: string) {
  const [owed, charge] = await Promise.all([owedFor(db, request), chargeOf(db, request)]);
  return { owed: owed ?? null, charge: charge ?? null };
}

/** What was last owed for a visit of this request that was missed. */
export const owedFor = (db: Db, request: string) =>
  db
    .selectFrom('compensation as c')
    .innerJoin('visit as v', 'v.id', 'c.visit_id')
    .select(['c.amount', 'c.currency', 'c.due_on', 'c.state', 'c.reason', 'v.on_day'])
    .where('c.request_id', '=', request)
    .where('c.state', '!=', 'withdrawn')
    .orderBy('c.id', 'desc')
    .executeTakeFirst();

/** What it costs that we were not let in for this request, when that was last. */
export const chargeOf = (db: Db, request: string) =>
  db
    .selectFrom('visit_charge as c')
    .innerJoin('visit as v', 'v.id', 'c.visit_id')
    .select(['c.amount', 'c.currency', 'v.on_day'])
    .select(sql<'free' | 'due' | 'waived'>`c.state`.as('state'))
    .where('c.request_id', '=', request)
    .orderBy('c.at', 'desc')
    .limit(1)
    .executeTakeFirst();

/** What the customer says when the work is done. Only they are ever given it by the database. */
const codeOf = async (db: Db, visit: string) =>
  (await db.selectFrom('visit_code').select('code').where('visit_id', '=', visit).executeTakeFirst())?.code ??
  null;

async function comingVisit(
  db: Db,
  request: string,
  { zone }: Pick<Clock, 'zone'>
): Promise<(ComingVisit & { id: string }) | null> {
  const visit = await db
    .selectFrom('visit')
    .select([
      'id',
      'on_day',
      'from_time',
      'to_time',
      'state',
      'expected_from',
      'expected_to',
      sql<string>`coalesce(zone, ${zone})`.as('zone')
    ])
    .where('request_id', '=', request)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return visit ?? null;
}

/** Staff may book at shorter notice than is offered to customers. */
async function rulesFor(db: Db, actor: Asker) {
  const rules = await rulesOf(db, 'visit');
  return isStaff(actor) ? { ...rules, notice: 0 } : rules;
}

const offeredFor = async (
  db: Db,
  actor: Asker,
  request: RequestRow,
  { area, now }: { area: string; now: Date }
) =>
  offeredSlots(
    db,
    {
      ...{ kind: 'visit', area, skill: skillOf(request.service_type) },
      comesFirst: request.comes_first !== null,
      rules: await rulesFor(db, actor),
      most: 80
    },
    now
  );

/** By its home; else by the post code in what was written of where; else the only area that there is. */
async function areaOfRequest(db: Db, request: RequestRow): Promise<string | null> {
  const written = request.premises_id
    ? [(await postcodeOf(db, request.premises_id)) ?? '']
    : postcodesIn(JSON.stringify([request.contact, request.answers, request.description]));
  for (const postcode of written) {
    const area = await areaOf(db, postcode);
    if (area) return area;
  }
  const areas = await db.selectFrom('area').select('code').where('retired_at', 'is', null).limit(2).execute();
  return areas.length === 1 && !request.premises_id ? (areas[0]?.code ?? null) : null;
}

const postcodeOf = async (db: Db, premises: string) =>
  (await db.selectFrom('premises').select('postcode').where('id', '=', premises).executeTakeFirst())
    ?.postcode;

const isAt = (visit: ComingVisit, slot: { on_day: string; from_time: string; to_time: string }) =>
  visit.on_day === slot.on_day && visit.from_time === slot.from_time && visit.to_time === slot.to_time;

interface Booking extends Clock {
  slot: string;
  /** Staff only: the number of the last event they saw. */
  seen?: number;
}

type CallingOff = Omit<Booking, 'slot'>;
