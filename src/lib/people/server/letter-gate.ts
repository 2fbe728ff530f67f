/**
 * May this letter go, when, and by which ways? The one place that knows what a customer wants to hear of (`contact_wish`),
 * asked by every letter of a kind: about requests, bills, readings, appointments and programmes. A job asks it first of all:
 *
 *     const ways = await waysNow(db, person, { kind: 'bill' }, head.timeZone, again);
 *     if (!ways) return;
 *
 * and hands `ways` on to `sendOnce`. `again` names the job itself and what it was told: in quiet hours it is queued once more
 * for when they end, and then looks again at what it writes about; it is done again, too, where a text could not be sent.
 * Letters about signing in and about emergencies do not ask: they always go.
 */
import type { JobName, Jobs } from '#lib/platform/jobs.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import type { Ways } from '#lib/platform/server/texts.ts';
import {
  waysOf,
  whenToWrite,
  type LetterAbout,
  type LetterWishes,
  type WhenToWrite
} from '../letter-kinds.ts';

/** A job, to be done again. */
export interface Again<Name extends JobName> {
  job: Name;
  payload: Jobs[Name];
}

/** By which ways a job may write to this person now; null where it must wait, and is queued again, or is not wanted. */
export async function waysNow<Name extends JobName>(
  db: Db,
  person: string,
  about: LetterAbout,
  zone: string,
  again: Again<Name>
): Promise<Ways | null> {
  const { when, ways } = await letterGoes(db, person, about, zone);
  if (when instanceof Date) await later(db, again.job, again.payload, when);
  return when === 'now' ? { ...ways, again } : null;
}

/** When a letter to this person goes (now, never, or from a moment on), and by which ways. */
export async function letterGoes(
  db: Db,
  person: string,
  about: LetterAbout,
  zone: string,
  now = new Date()
): Promise<{ when: WhenToWrite; ways: Ways }> {
  const row = await db
    .selectFrom('person as p')
    .leftJoin('contact_wish as w', 'w.person_id', 'p.id')
    .leftJoin('text_number as n', (join) =>
      join.onRef('n.person_id', '=', 'p.id').on('n.stopped_at', 'is', null).on('n.failed_at', 'is', null)
    )
    .select(['w.muted', 'w.texted', 'w.channel', 'w.quiet_from', 'w.quiet_until', 'n.number'])
    .where('p.id', '=', person)
    .executeTakeFirst();
  const wishes: LetterWishes | null = row?.muted
    ? {
        ...{ muted: row.muted, texted: row.texted ?? [], channel: row.channel ?? 'email' },
        ...{ textable: row.number !== null, quiet_from: row.quiet_from, quiet_until: row.quiet_until }
      }
    : null;
  const { email, text } = waysOf(wishes, about);
  return {
    when: whenToWrite(wishes, about, now, zone),
    ways: { email, text: text ? (row?.number ?? null) : null, again: null }
  };
}
