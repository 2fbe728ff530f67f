/** What technicians and the desk do with visits: who goes, in which order, setting out, and what became of it. */
import { sql } from 'kysely';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, type Db } from '#lib/platform/server/db.ts';
import { attachFiles } from '#lib/files/server/attach.ts';
import { giveBack } from '#lib/slots/server/slots.ts';
import type { Jurisdiction } from '#lib/safety/wording.ts';
import { notLetInCharge } from '../compensation.ts';
import { rulesOf } from '#lib/slots/server/slot-rules.ts';
import { expectedWindow, isEarly, isTimeToSetOut, type Outcome } from '../day.ts';
import { canWorkOn } from '#lib/requests/access.ts';
import type { Occasion } from '#lib/requests/letters.ts';
import type { Status } from '#lib/requests/status.ts';
import { recordAndTell, speak } from '#lib/requests/server/timeline.ts';
import { move } from '#lib/requests/server/transitions.ts';
import { setWorkBegan } from '#lib/requests/server/visited.ts';

/** Gives a visit to somebody, or to nobody. */
export async function giveVisit(db: Db, actor: PersonActor, id: string, technician: string | null) {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  try {
    const { numUpdatedRows } = await db
      .updateTable('visit')
      .set({ technician_id: technician, place_in_day: null })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) refuse('conflict', 'visits.is_over');
  } catch (problem) {
    if (isCheckViolation(problem, 'visit_technician_works_here')) refuse('invalid', 'visits.not_staff');
    throw problem;
  }
}

/**
 * The order in which somebody goes to the visits of their day, set by themself or by the desk. Those not named keep their
 * place after them.
 */
export async function orderVisits(
  db: Db,
  actor: PersonActor,
  ids: readonly string[],
  technician: string = actor.id
) {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  await db.transaction().execute(async (tx) => {
    for (const [at, id] of ids.slice(0, 100).entries())
      await tx
        .updateTable('visit')
        .set({ place_in_day: at + 1 })
        .where('id', '=', id)
        .where('technician_id', '=', technician)
        .where('ended_at', 'is', null)
        .execute();
  });
}

/** Sets out: the customer is told within which hour. A second time nothing more is said. */
export function setOut(db: Db, actor: PersonActor, id: string, { minutes, now, zone }: SettingOut) {
  return db.transaction().execute(async (tx) => {
    const { visit } = await holdVisit(tx, actor, id);
    if (visit.state === 'on_the_way') return;
    if (visit.ended_at) refuse('conflict', 'visits.is_over');
    if (!isTimeToSetOut(visit, now, zone)) refuse('conflict', 'visits.out_too_early');
    const { from, to } = expectedWindow(now, visit.zone ?? zone, minutes, visit.from_time);
    await tx
      .updateTable('visit')
      .set({ state: 'on_the_way', on_way_at: sql<Date>`now()`, expected_from: from, expected_to: to })
      .set({ technician_id: visit.technician_id ?? actor.id })
      .where('id', '=', id)
      .execute();
    const payload = { visit_on: visit.on_day, visit_from: from, visit_to: to, state: 'on_the_way' };
    await recordAndTell(tx, visit.request_id, { kind: 'visit', payload }, 'visit_on_way');
  });
}

/** By whose rules, and in which money. */
interface Terms {
  jurisdiction: Jurisdiction;
  currency: string;
}

export interface Report {
  /** Made where it was written: however often it is sent, it is one report. */
  key: string;
  outcome: Outcome;
  /** What was found and done; for colleagues. */
  note: string;
  /** Who was there. */
  met: string;
  /** When it was, which may be long before a telephone finds its line again. */
  happened_at: Date;
  /** They say that they are there although its hours have not begun. */
  early: boolean;
  /** Ours, where the visit says none. */
  zone: string;
  terms: Terms;
}

/** How the customer confirmed it, and what was photographed. */
export interface Confirmed {
  signed_how: 'code' | 'drawn' | 'name' | null;
  /** The file of the signature. */
  signature: string | null;
  photos: readonly string[];
  /** What stands beside the files where nothing was written. */
  caption: string;
}

/** Says what became of a visit. What is done resolves its request; all else leaves it open, with the next step said. */
export function reportVisit(db: Db, actor: PersonActor, id: string, report: Report & Confirmed) {
  return db.transaction().execute(async (tx) => {
    const { request, visit } = await holdVisit(tx, actor, id);
    const before = await tx
      .selectFrom('visit_report')
      .select(['key'])
      .where('visit_id', '=', id)
      .executeTakeFirst();
    if (before?.key === report.key) return { again: true, request: visit.request_id };
    if (before || (visit.ended_at && visit.state !== 'missed')) refuse('conflict', 'visits.is_over');

    const { key, outcome, note, met, signed_how, signature } = report;
    // No telephone's clock reaches into the future.
    const happened_at = new Date(Math.min(report.happened_at.getTime(), Date.now()));
    // Danger is heard at any hour.
    if (outcome !== 'unsafe' && !report.early && isEarly(visit, happened_at, report.zone))
      refuse('conflict', 'visits.report_too_early');
    if (outcome === 'done' && !signed_how && !note) refuse('invalid', 'visits.confirm_needed');
    const attachments = [...report.photos, ...(signature ? [signature] : [])];
    const files = await attachFiles(
      tx,
      { formKey: key, attachments },
      { request_id: visit.request_id },
      { visibility: 'internal' }
    );
    await tx
      .insertInto('visit_report')
      .values({
        ...{ visit_id: id, request_id: visit.request_id, key, outcome, note, met, reported_by: actor.id },
        ...{ signed_how, signature, happened_at }
      })
      .execute();
    // After the report: what is owed for a missed visit goes by when they were there.
    await tx
      .updateTable('visit')
      .set({ state: outcome, ended_at: sql<Date>`now()`, changed_at: sql<Date>`now()` })
      .set((set) => ({ sequence: set('sequence', '+', 1), technician_id: visit.technician_id ?? actor.id }))
      .where('id', '=', id)
      .execute();
    const { on_day: visit_on, from_time: visit_from, to_time: visit_to } = visit;
    const inTime =
      !isEarly(visit, happened_at, report.zone) && !(visit.ended_at && happened_at > visit.ended_at);
    if (outcome === 'no_access') await chargeFor(tx, visit, { ...report.terms, inTime });
    await recordAndTell(
      tx,
      visit.request_id,
      { kind: 'visit', payload: { visit_on, visit_from, visit_to, state: outcome } },
      letterOf[outcome]
    );
    if (note || files.length > 0)
      await speak(tx, visit.request_id, {
        ...{ text: note || report.caption, visibility: 'internal', attachments: files }
      });
    await giveBack(tx, { kind: 'request', id: visit.request_id }, 'over');
    if (canWorkOn(actor, request)) {
      const to: Status = outcome === 'done' ? 'resolved' : 'open';
      if (!request.work_began_at && outcome !== 'no_access') await setWorkBegan(tx, request.id, new Date());
      if (request.status !== to && request.status !== 'resolved')
        await move(tx, actor, request, to, { occasion: null });
    }
    return { again: false, request: visit.request_id };
  });
}

/** What the customer is written after each outcome. */
const letterOf: Record<Outcome, Occasion> = {
  ...{ done: 'visit_done', no_access: 'visit_no_access' },
  ...{ parts_missing: 'visit_more', unsafe: 'visit_unsafe' }
};

/** What it costs that nobody let us in: a row, also where it costs nothing, for that is said too. */
async function chargeFor(
  tx: Db,
  { id, request_id }: { id: string; request_id: string },
  terms: Terms & { inTime: boolean }
) {
  const { notLetIn } = await rulesOf(tx, 'visit');
  // Nobody has to be there before the agreed hours, nor after we have owned up to missing them.
  const { rule, amount } = notLetInCharge(terms.jurisdiction, terms.inTime ? notLetIn : 0);
  const { account_id } = await tx
    .selectFrom('request')
    .select('account_id')
    .where('id', '=', request_id)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('visit_charge')
    .values({
      ...{ visit_id: id, request_id, account_id, rule, amount, currency: terms.currency },
      state: amount > 0 ? 'due' : 'free'
    })
    .execute();
}

/** A supervisor lets it go. */
export async function waiveCharge(db: Db, actor: PersonActor, visit: string) {
  if (!isStaff(actor) || actor.role === 'agent') refuse('forbidden', 'visits.supervisors_waive');
  const { numUpdatedRows } = await db
    .updateTable('visit_charge')
    .set({ state: 'waived', waived_at: sql<Date>`now()`, waived_by: actor.id })
    .where('visit_id', '=', visit)
    .where('state', '=', 'due')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) refuse('conflict', 'visits.waived_already');
}

/** The visit with its request held first, as every command does. */
async function holdVisit(tx: Db, actor: PersonActor, id: string) {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const request = await tx
    .selectFrom('request as r')
    .select(['r.id', 'r.work_began_at', sql<Status>`r.status`.as('status')])
    .where('r.id', '=', (from) => from.selectFrom('visit').select('request_id').where('id', '=', id))
    .forUpdate()
    .executeTakeFirst();
  const visit =
    request && (await tx.selectFrom('visit').selectAll().where('id', '=', id).forUpdate().executeTakeFirst());
  return visit ? { request, visit } : refuse('missing', 'visits.no_visit');
}

interface SettingOut {
  minutes: number;
  now: Date;
  zone: string;
}

/** What was owed for a missed visit has been paid. Supervisors say so. */
export async function payCompensation(db: Db, actor: PersonActor, id: string) {
  if (!isStaff(actor) || actor.role === 'agent') refuse('forbidden', 'visits.supervisors_pay');
  const { numUpdatedRows } = await db
    .updateTable('compensation')
    .set({ state: 'paid', settled_at: sql<Date>`now()`, settled_by: actor.id })
    .where('id', '=', id)
    .where('state', '=', 'owed')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) refuse('conflict', 'visits.paid_already');
}
