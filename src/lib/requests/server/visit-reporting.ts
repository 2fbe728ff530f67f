/** A technician's report with all that follows from it: danger first, then what became of the visit, then the meter. */
import { readDigits } from '#lib/accounts/reading.ts';
import { giveReading, metersOf } from '#lib/accounts/server/readings.ts';
import { openEmergency } from '#lib/emergencies/server/commands.ts';
import { dayAt } from '../status-text.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { reportVisit, type Report } from './visit-work.ts';

export interface SentReport extends Report {
  /** What the meter shows, where it was read. */
  digits: string;
  locale: string;
  zone: string;
}

/** Sent again, with the same key, each part finds itself done. */
export async function sendReport(db: Db, actor: PersonActor, id: string, report: SentReport) {
  const visit = (await visitOfReport(db, id)) ?? refuse('missing', 'visits.no_visit');
  const places = visit.meter?.digits ?? 5;
  const read = report.digits && visit.meter ? readDigits(report.digits, places) : null;
  if (read && 'problem' in read)
    refuse('invalid', `readings.${read.problem}`, { count: places, example: '00412'.padStart(places, '0') });
  // Whoever stands in gas does not wait for the rest.
  if (report.outcome === 'unsafe')
    await openEmergency(db, {
      ...{ verdict: 'reported', hazard: 'gas', channel: 'visit', text: report.note, locale: report.locale },
      ...{ person: visit.requester_id, account: visit.account_id, premises: visit.premises_id },
      ...{ request: visit.request_id, form: report.key }
    });
  await reportVisit(db, actor, id, report);
  if (read && 'digits' in read && visit.meter)
    await giveReading(db, actor, {
      meter: visit.meter,
      digits: read.digits,
      read_on: dayAt(report.happened_at, report.zone)
    });
}

async function visitOfReport(db: Db, id: string) {
  const visit = await db
    .selectFrom('visit as v')
    .innerJoin('request as r', 'r.id', 'v.request_id')
    .select(['v.request_id', 'r.requester_id', 'r.account_id', 'r.premises_id'])
    .where('v.id', '=', id)
    .executeTakeFirst();
  if (!visit) return null;
  const meters = visit.account_id ? await metersOf(db, visit.account_id) : [];
  return { ...visit, meter: meters.find(({ premises_id }) => premises_id === visit.premises_id) ?? null };
}
