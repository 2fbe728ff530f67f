/**
 * May this letter go, and when? The one place that knows what a customer wants to hear of (`contact_wish`), asked by every
 * letter of a kind: about requests, bills, readings, appointments and programmes. A job asks it first of all:
 *
 *     if (!(await mayGoNow(db, person, { kind: 'bill' }, head.timeZone, again))) return;
 *
 * where `again` names the job itself and what it was told: in quiet hours it is queued once more for when they end, and
 * then looks again at what it writes about. Letters about signing in and about emergencies do not ask: they always go.
 */
import type { JobName, Jobs } from '#lib/platform/jobs.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { whenToWrite, type LetterAbout, type WhenToWrite } from '../letter-kinds.ts';

/** A job, to be done again. */
export interface Again<Name extends JobName> {
  job: Name;
  payload: Jobs[Name];
}

/** Whether a job may write to this person now. If it must wait, it is queued again; if it is not wanted, it is over. */
export async function mayGoNow<Name extends JobName>(
  db: Db,
  person: string,
  about: LetterAbout,
  zone: string,
  { job, payload }: Again<Name>
): Promise<boolean> {
  const when = await letterGoes(db, person, about, zone);
  if (when instanceof Date) await later(db, job, payload, when);
  return when === 'now';
}

/** When a letter to this person goes: now, never, or from a moment on. */
export async function letterGoes(
  db: Db,
  person: string,
  about: LetterAbout,
  zone: string,
  now = new Date()
): Promise<WhenToWrite> {
  const wishes = await db
    .selectFrom('contact_wish')
    .select(['muted', 'quiet_from', 'quiet_until'])
    .where('person_id', '=', person)
    .executeTakeFirst();
  return whenToWrite(wishes ?? null, about, now, zone);
}
