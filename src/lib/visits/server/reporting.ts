/** A technician's report with all that follows from it: danger first, then what became of the visit, then the meter. */
import { readDigits } from '#lib/accounts/reading.ts';
import { giveReading, metersOf } from '#lib/accounts/server/readings.ts';
import { openEmergency } from '#lib/emergencies/server/commands.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { sql } from 'kysely';
import { keepImage, readDrawing } from '#lib/files/server/keep-image.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Storage } from '#lib/files/server/storage.ts';
import type { Locale } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { longestNote } from '../report-form.ts';
import { reportVisit, type Report } from './work.ts';

export interface SentReport extends Report {
  /** What the meter shows, where it was read. */
  digits: string;
  locale: Locale;
  /** The code that the customer said, if they did. */
  code: string;
  /** A signature as it was drawn, if one was. */
  signature: string;
  /** Photos that were sent before. */
  attachment: string[];
}

/** Sent again, with the same key, each part finds itself done. */
export async function sendReport(
  db: Db,
  actor: PersonActor,
  id: string,
  report: SentReport,
  storage: Storage
) {
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
  await reportVisit(db, actor, id, { ...report, ...(await confirmed(db, actor, id, report, storage)) });
  if (read && 'digits' in read && visit.meter)
    await giveReading(db, actor, {
      meter: visit.meter,
      digits: read.digits,
      read_on: dayAt(report.happened_at, report.zone)
    });
}

/** By what the customer confirmed it: their code, their hand, or only a name that was written down. */
async function confirmed(db: Db, actor: PersonActor, id: string, report: SentReport, storage: Storage) {
  const { key, code, signature, met, locale } = report;
  const files = { caption: wordsFor(locale)('visits.report_files'), photos: report.attachment };
  if (code !== '' && !(await isReported(db, key))) {
    const says = await checkCode(db, id, code);
    if (says !== 'right') refuse('conflict', `visits.code_${says}`);
  }
  if (code !== '') return { ...files, signed_how: 'code' as const, signature: null };
  if (signature === '' || (await isReported(db, key)))
    return { ...files, signed_how: met ? ('name' as const) : null, signature: null };
  const bytes = readDrawing(signature) ?? refuse('invalid', 'visits.signature_wrong');
  const drawn = await keepImage({ db, actor, address: '' }, storage, {
    ...{ form_key: key, name: 'signature.png', bytes }
  });
  if (drawn) return { ...files, signed_how: 'drawn' as const, signature: drawn };
  // The visit was made all the same: what was done there is not refused for a disk of ours.
  const told = [report.note, wordsFor(locale)('visits.signature_not_kept')].filter(Boolean).join('\n');
  // Not one of their words makes way for ours.
  const note = told.length <= longestNote ? told : report.note;
  return { ...files, note, signed_how: met ? ('name' as const) : null, signature: null };
}

async function checkCode(db: Db, visit: string, typed: string) {
  if (!/^\d{6}$/.test(typed)) return 'wrong';
  const { rows } = await sql<{ says: 'right' | 'wrong' | 'spent' | 'moment' }>`
    select check_visit_code(${visit}::uuid, ${typed}) as says`.execute(db);
  return rows[0]?.says ?? 'moment';
}

const isReported = async (db: Db, key: string) =>
  (await db.selectFrom('visit_report').select('key').where('key', '=', key).executeTakeFirst()) !== undefined;

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
