/** What a visit changes on its request: when somebody comes, whether somebody has to, and that work has begun. */
import type { Db } from '#lib/platform/server/db.ts';
import { record } from './timeline.ts';

interface VisitTimes {
  visit_on: string | null;
  visit_from: string | null;
  visit_to: string | null;
}

/** When somebody comes. The database keeps the visit itself in step. */
export const setVisitTimes = (tx: Db, request: string, times: VisitTimes) =>
  tx.updateTable('request').set(times).where('id', '=', request).execute();

/** Nobody comes any more. */
export const clearVisitTimes = (tx: Db, request: string) =>
  setVisitTimes(tx, request, { visit_on: null, visit_from: null, visit_to: null });

export const setNeedsVisit = (tx: Db, request: string, needs: boolean) =>
  tx.updateTable('request').set({ needs_visit: needs }).where('id', '=', request).execute();

/** From here on the customer can no longer cancel. */
export async function setWorkBegan(tx: Db, request: string, at: Date) {
  await tx.updateTable('request').set({ work_began_at: at }).where('id', '=', request).execute();
  await record(tx, request, { kind: 'work_began' });
}
