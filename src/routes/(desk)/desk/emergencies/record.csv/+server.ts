/** The record of all emergencies as a table, for those who answer for it. That it was taken out is recorded. */
import { canTakeOutRecord } from '#lib/emergencies/access.ts';
import { recordOf } from '#lib/emergencies/record.ts';
import { readLog } from '#lib/emergencies/server/reading-log.ts';
import { writeAudit } from '#lib/people/server/audit.ts';
import { writeCsv } from '#lib/platform/csv.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { db, actor } }) => {
  if (!canTakeOutRecord(actor)) refuse('missing', 'errors.missing');
  const log = await readLog(db);
  await writeAudit(db, actor, {
    action: 'emergency.record_taken_out',
    subject: { kind: 'emergency', id: null },
    detail: { entries: log.length }
  });
  return new Response(writeCsv(recordOf(log)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="emergencies.csv"',
      'cache-control': 'no-store'
    }
  });
};
