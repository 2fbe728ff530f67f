/** What a letter about a visit brings for the calendar of whoever reads it. */
import type { Db } from '#lib/platform/server/db.ts';
import type { MailCalendar } from '#lib/platform/server/mail.ts';
import { wordsFor, type Locale } from '#lib/platform/words.ts';
import { writeCalendar } from '#lib/visits/server/calendar.ts';
import type { Letterhead, Occasion } from '../letters.ts';
import { latestVisit } from './visits.ts';

export interface Sender {
  mailFrom?: string;
}

interface About {
  requestId: string;
  kind: Occasion;
  locale: Locale;
  email: string;
}

/** A visit that is booked goes into the calendar, and one that does not take place goes out of it. */
export async function calendarFor(
  db: Db,
  { requestId, kind, locale, email }: About,
  head: Letterhead & Sender
): Promise<MailCalendar | undefined> {
  if (!told.includes(kind)) return undefined;
  const visit = await latestVisit(db, requestId, head.timeZone);
  const off = visit?.state === 'called_off' || visit?.state === 'missed';
  // A request that is cancelled had no visit, or one that was over.
  if (!visit || (kind === 'cancelled' && !off)) return undefined;
  const method = off ? 'cancel' : 'request';
  return { method, content: writeCalendar(wordsFor(locale), [visit], head, { method, to: email }) };
}

const told: readonly Occasion[] = [
  'booked',
  'visit_off',
  'visit_closed',
  'visit_soon',
  'visit_missed',
  'cancelled'
];
