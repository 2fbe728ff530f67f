/** What a letter about a visit says of it, and what it brings for the calendar of whoever reads it. */
import type { Db } from '#lib/platform/server/db.ts';
import { wordsFor } from '#lib/platform/words.ts';
import type { Letterhead, Occasion } from '#lib/requests/letters.ts';
import type { VisitLetters } from '#lib/requests/server/letters.ts';
import { cutOffWords, stricter } from '#lib/slots/rules.ts';
import { rulesOf } from '#lib/slots/server/slot-rules.ts';
import { chargeOf, latestVisit, owedFor } from './booking.ts';
import { writeCalendar } from './calendar.ts';

/** Handed to the letters about requests, which stand below. */
export const visitLetters = (head: Letterhead & { mailFrom?: string }): VisitLetters => ({
  async facts(db, { requestId, kind }) {
    const owed = kind === 'visit_missed' ? await owedFor(db, requestId) : null;
    const charge = kind === 'visit_no_access' ? await chargeOf(db, requestId) : null;
    const isBooked = kind === 'booked' || kind === 'visit_moved';
    const until = isBooked ? { until: await changeableUntil(db) } : {};
    return { owed, charge: charge ?? null, ...until };
  },

  /** A visit that is booked goes into the calendar, and one that does not take place goes out of it. */
  async calendar(db, { requestId, kind, locale, email }) {
    if (!told.includes(kind)) return undefined;
    const visit = await latestVisit(db, requestId, head.timeZone);
    const off = visit?.state === 'called_off' || visit?.state === 'missed';
    // A request that is cancelled had no visit, or one that was over.
    if (!visit || (kind === 'cancelled' && !off)) return undefined;
    const method = off ? 'cancel' : 'request';
    return { method, content: writeCalendar(wordsFor(locale), [visit], head, { method, to: email }) };
  }
});

/** Moved and cancelled alike: what comes first of the two. */
async function changeableUntil(db: Db) {
  const { moveUntil, cancelUntil } = await rulesOf(db, 'visit');
  return cutOffWords(stricter(moveUntil, cancelUntil));
}

const told: readonly Occasion[] = [
  'booked',
  'visit_moved',
  'visit_off',
  'visit_closed',
  'visit_soon',
  'visit_missed',
  'cancelled'
];
