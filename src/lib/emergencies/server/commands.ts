/** Opening an emergency, adding to it and moving it on. Each change stands in its log. */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql, type Expression } from 'kysely';
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isUniqueViolation, type Db } from '#lib/platform/server/db.ts';
import { canMoveEmergency } from '../access.ts';
import type { EmergencyStatus, Hazard, StandDownReason } from '../life.ts';
import { emergencyReferenceFrom } from '../reference.ts';

export interface NewEmergency {
  /** What the screen said; `reported` when a person said so outright. */
  verdict: 'emergency' | 'possible' | 'reported';
  hazard: Hazard | null;
  channel: string;
  text: string;
  locale: string;
  /** Which wording stands in this very answer. Where a page of its own will show it, that page says so. */
  wordingVersion?: string;
  /** How to reach whoever is in danger, if it is known. */
  phone?: string | null;
  /** Whom staff write it down for. A customer who writes is known already. */
  person?: string | null;
  /** Where it is likely to be: an account or premises of theirs. What is not theirs is passed over. */
  account?: string | null;
  premises?: string | null;
  /** The id of the request it was written on, or what tells it to the database. */
  request?: string | Expression<string> | null;
  /** The key of the form it was typed into: whoever types on or sends again adds to the one that is open. */
  form?: string | null;
  /** A digest of the network, to gather a flood. */
  address?: string | null;
}

export interface Opened {
  id: string;
  reference: string;
  /** Whether their words stand there too: of one call not more are taken than a person can say. */
  kept: boolean;
}

/** How long the safety page waits for its record. */
const patience = 2000;
const late = 'late' as const;

/**
 * Opens the record, alerts the desk and starts the minute in which it must be acknowledged. Anybody may. Who says it
 * again adds to the record of theirs that is open: the database decides which (`open_emergency_of`). Refuses
 * (`unavailable`) when the database takes too long, for what to do now must be on the screen by then, and (`too_many`)
 * when whoever has not signed in calls from a network that is past its limit.
 */
export async function openEmergency(db: Db, emergency: NewEmergency): Promise<Opened> {
  try {
    const opened = await Promise.race([open(db, emergency), pause(patience, late, { ref: false })]);
    if (opened === late) refuse('unavailable', 'errors.unavailable');
    return opened ?? refuse('too_many', 'errors.too_many_writes');
  } catch (problem) {
    // One in a billion, and not the moment to fail.
    if (isUniqueViolation(problem, 'emergency_reference_key')) return openEmergency(db, emergency);
    throw problem;
  }
}

// A transaction, though it is one statement: only the end of a transaction rings the bell.
function open(db: Db, emergency: NewEmergency) {
  const {
    verdict,
    hazard,
    channel,
    text,
    locale,
    wordingVersion = null,
    phone = null,
    person = null,
    account = null,
    premises = null,
    request = null,
    form,
    address = null
  } = emergency;
  const key = form && isKey(form) ? form : null;
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<Opened>`
      select id, reference, kept from call_for_help(${emergencyReferenceFrom(randomBytes(6))}, ${verdict}, ${hazard},
        ${channel}, ${text}, ${locale}, ${wordingVersion}, ${request}::uuid, ${key}::uuid, ${address},
        ${phone}, ${person}::uuid, ${account}::uuid, ${premises}::uuid)`.execute(tx);
    return rows[0] ?? null;
  });
}

const isKey = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** Writes down that the safety words were shown to whoever was given this id. */
export async function noteShown(
  db: Db,
  { id, version, locale }: { id: string; version: string; locale: string }
) {
  await db
    .transaction()
    .execute((tx) => sql`select emergency_shown(${id}::uuid, ${version}, ${locale})`.execute(tx));
}

export interface Addition {
  id: string;
  kind: 'said_safe' | 'contact_given';
  phone?: string | undefined;
  place?: string | undefined;
  /** Which of the addresses on their accounts it is. */
  premises?: string | undefined;
  /** It is at none of them. */
  elsewhere?: boolean;
}

/**
 * What the person at the other end adds, by the id they were given; what stood before is kept. False when there is no
 * such emergency, or none of the last day.
 */
export function addToEmergency(
  db: Db,
  { id, kind, phone, place, premises, elsewhere = false }: Addition
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ added: boolean }>`
      select add_to_emergency(${id}::uuid, ${kind}, ${phone ?? null}, ${place ?? null}, ${premises ?? null}::uuid,
        ${elsewhere}) as added`.execute(tx);
    return rows[0]?.added ?? false;
  });
}

export interface EmergencyMove {
  to: EmergencyStatus;
  /** Only for standing it down. */
  reason?: StandDownReason;
}

/** Moves an emergency on. Whoever is second to press the same button is told who was first. */
export function moveEmergency(db: Db, actor: Actor, reference: string, { to, reason }: EmergencyMove) {
  return db.transaction().execute(async (tx) => {
    if (!isStaff(actor)) refuse('missing', 'emergencies.not_found');
    const emergency = await tx
      .selectFrom('emergency')
      .select(['id', 'status'])
      .where('reference', '=', reference)
      .forUpdate()
      .executeTakeFirst();
    if (!emergency) refuse('missing', 'emergencies.not_found');
    if (!canMoveEmergency(actor, emergency.status, to)) refuse('conflict', 'emergencies.moved_on');
    if (to === 'stood_down' && !reason) refuse('invalid', 'emergencies.reason_missing');

    await tx.updateTable('emergency').set({ status: to }).where('id', '=', emergency.id).execute();
    await tx
      .insertInto('emergency_entry')
      .values({ emergency_id: emergency.id, kind: to, payload: JSON.stringify(reason ? { reason } : {}) })
      .execute();
  });
}
