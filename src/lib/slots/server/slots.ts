/**
 * Places in slots: offered, held, taken, moved, given back. For visits and deliveries alike.
 *
 * Call the changes inside the transaction that books what the place is for. A subject (a request, an order) has at most
 * one place taken and one held. The database counts under the slot's row lock, so nothing is overbooked whoever writes;
 * a full or closed slot is refused in words, and the transaction must then be let go. Who may take a place for a
 * subject is said by row-level policies on `slot_place`, one set per kind: whoever adds a kind adds its policies, and says
 * in `slot_place_first` which of them may have what is kept for priority services.
 */
import { sql } from 'kysely';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, type Db } from '#lib/platform/server/db.ts';
import { offeredSpan, slotRules, type SlotKind, type SlotRules } from '../rules.ts';
import { rulesOf } from './slot-rules.ts';

export interface Subject {
  kind: 'request' | 'order';
  id: string;
}

export interface Wanted {
  kind: SlotKind;
  area: string;
  skill: string;
  /** Priority services: they may also have what is kept for them. */
  comesFirst?: boolean;
  most?: number;
  rules?: SlotRules;
}

export interface OfferedSlot {
  id: string;
  on_day: string;
  from_time: string;
  to_time: string;
  zone: string;
  begins_at: Date;
  ends_at: Date;
  free: number;
  /** What the time itself costs, in minor units. */
  charge: bigint;
}

/** What can be picked now, soonest first. */
export async function offeredSlots(db: Db, wanted: Wanted, now: Date): Promise<OfferedSlot[]> {
  const { kind, area, skill, comesFirst = false, most = 60 } = wanted;
  const rules = wanted.rules ?? (await rulesOf(db, kind));
  const { after, before } = offeredSpan(rules, now);
  const { rows } = await sql<Omit<OfferedSlot, 'charge'> & { charge: string }>`
    select * from slots_offered(${kind}::text, ${area}::text, ${skill}::text, ${after}::timestamptz,
                                ${before}::timestamptz, ${comesFirst}::boolean, ${most}::integer)`.execute(
    db
  );
  return rows.map((row) => ({ ...row, charge: BigInt(row.charge) }));
}

/**
 * Whether a slot is one of those that can be picked now for a place, full or not: whether there is room, only its row's lock
 * can say. In one question, for many may ask it at once. `anyNotice` is for staff.
 */
export async function isOffered(
  db: Db,
  slot: string,
  { kind, premises, skill, anyNotice = false }: Asked,
  now: Date
): Promise<boolean> {
  const { notice, ahead } = slotRules[kind];
  const { rows } = await sql`
    select 1 from slot s
    join premises p on p.id = ${premises}::uuid and area_of_postcode(p.postcode) = s.area
    left join slot_rule r on r.kind = s.kind
    where s.id = ${slot}::uuid and s.kind = ${sql.lit(kind)} and s.skill = ${skill} and not s.arranged
      and s.begins_at > ${now}::timestamptz
        + make_interval(hours => case when ${anyNotice}::boolean then 0 else coalesce(r.notice, ${notice}::integer) end)
      and s.begins_at <= ${now}::timestamptz + make_interval(hours => 24 * coalesce(r.ahead, ${ahead}::integer))`.execute(
    db
  );
  return rows.length > 0;
}

interface Asked {
  kind: SlotKind;
  premises: string;
  skill: string;
  anyNotice?: boolean;
}

/** The area that a post code belongs to, or null where nobody comes. */
export async function areaOf(db: Db, postcode: string): Promise<string | null> {
  const { rows } = await sql<{ area: string | null }>`
    select area_of_postcode(${postcode}::text) as area`.execute(db);
  return rows[0]?.area ?? null;
}

export interface Place {
  slot: string;
  subject: Subject;
}

/** Holds a place for some minutes, and lets go of the one that was held before. */
export async function holdPlace(tx: Db, place: Place, minutes: number) {
  await letGo(tx, place.subject);
  return put(tx, place, { state: 'held', hold_until: sql<Date>`now() + make_interval(mins => ${minutes})` });
}

/** Takes a place: the held one if it is in that slot, or a new one. */
export async function takePlace(tx: Db, place: Place) {
  const held = await counted(() =>
    of(tx, place.subject, 'held')
      .set({ state: 'taken', hold_until: null })
      .where('slot_id', '=', place.slot)
      .returning(['id', 'sequence'])
      .executeTakeFirst()
  );
  if (held) return held;
  await letGo(tx, place.subject);
  return put(tx, place, { state: 'taken', hold_until: null });
}

/** Moves to another slot in one statement: there is no moment without a place, and a refusal leaves the old one. */
export async function movePlace(tx: Db, { slot, subject }: Place) {
  const held = await of(tx, subject, 'held').set(givenBack('moved')).returning('id').executeTakeFirst();
  const moved = await counted(() =>
    of(tx, subject, 'taken').set({ slot_id: slot }).returning(['id', 'sequence']).executeTakeFirst()
  );
  // What was held for the move is given back with it, or not at all.
  return moved ?? refuse('conflict', held ? 'slots.slot_gone' : 'slots.no_place');
}

/** Moves what is held to another slot, until the same moment. What is held no more is moved nowhere. */
export async function moveHeld(tx: Db, { slot, subject }: Place) {
  const moved = await counted(() =>
    of(tx, subject, 'held')
      .set({ slot_id: slot })
      .where('hold_until', '>', sql<Date>`now()`)
      .returning(['id', 'sequence'])
      .executeTakeFirst()
  );
  return moved ?? refuse('conflict', 'slots.no_place');
}

/** Gives back what a subject has taken or held. Twice does no harm. */
export async function giveBack(
  tx: Db,
  subject: Subject,
  why: 'cancelled' | 'closed' | 'over' | 'expired' = 'cancelled'
) {
  for (const state of ['held', 'taken'] as const) await of(tx, subject, state).set(givenBack(why)).execute();
}

/** The place a subject has taken, with its slot. */
export const placeOf = (db: Db, subject: Subject) =>
  db
    .selectFrom('slot_place as p')
    .innerJoin('slot as s', 's.id', 'p.slot_id')
    .select(['p.id', 'p.sequence', 's.id as slot', 's.area', 's.skill', 's.on_day', 's.from_time'])
    .select(['s.to_time', 's.zone', 's.begins_at', 's.ends_at', 's.closed_reason'])
    .where('p.subject_kind', '=', subject.kind)
    .where('p.subject_id', '=', subject.id)
    .where('p.state', '=', 'taken')
    .executeTakeFirst();

/** The hours of a slot. */
export const hoursOf = (db: Db, slot: string) =>
  db
    .selectFrom('slot')
    .select(['on_day', 'from_time', 'to_time'])
    .where('id', '=', slot)
    .executeTakeFirstOrThrow();

type How = { state: 'held' | 'taken'; hold_until: ReturnType<typeof sql<Date>> | null };

const put = (tx: Db, { slot, subject }: Place, how: How) =>
  counted(() =>
    tx
      .insertInto('slot_place')
      .values({ slot_id: slot, subject_kind: subject.kind, subject_id: subject.id, ...how })
      .returning(['id', 'sequence', 'hold_until'])
      .executeTakeFirstOrThrow()
  );

const letGo = (tx: Db, subject: Subject) => of(tx, subject, 'held').set(givenBack('expired')).execute();

const of = (tx: Db, { kind, id }: Subject, state: 'held' | 'taken') =>
  tx
    .updateTable('slot_place')
    .where('subject_kind', '=', kind)
    .where('subject_id', '=', id)
    .where('state', '=', state);

const givenBack = (why: string) => ({ state: 'given_back', why, hold_until: null });

/** What the database refuses, in words. */
async function counted<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (problem) {
    if (isCheckViolation(problem, 'slot_taken_fits')) refuse('conflict', 'slots.slot_full');
    if (isCheckViolation(problem, 'slot_closed') || isCheckViolation(problem, 'slot_begun'))
      refuse('conflict', 'slots.slot_gone');
    throw problem;
  }
}
