/** Moving a request along its life: who may, whether it can, the change, and its entry on the timeline. */
import { isStaff, type Actor, type Asker, type PersonActor } from '#lib/platform/actor.ts';
import type { Occasion } from '../letters.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isCheckViolation, type Db } from '#lib/platform/server/db.ts';
import { canCancel, canConfirm, canReopen, canSetStatus, canWorkOn } from '../access.ts';
import { canMove, whomOf, type Status } from '../status.ts';
import { noteChangesSince } from './conflict.ts';
import { holdRequest, type RequestRow } from './queries.ts';
import { followPromises } from './promises.ts';
import { record, recordAndTell, speak } from './timeline.ts';
import { setWorkBegan } from './visited.ts';

/** What a change on the desk saw when it was typed: the number of the last event on the page. */
export interface Seen {
  seen: number;
}

/** Ends a request that is not wanted any more. Staff say why. */
export function cancelRequest(
  db: Db,
  actor: Asker,
  reference: string,
  { today, reason = '', seen }: Cancelling
) {
  return db.transaction().execute(async (tx) => {
    const request = await holdRequest(tx, actor, reference);
    if (isDone(actor, request, 'cancelled')) return;
    if (!canCancel(actor, request, today)) refuse('forbidden', 'requests.cannot_cancel');
    if (isStaff(actor) && seen !== undefined) await noteChangesSince(tx, actor, request, seen);

    const message = reason ? await speak(tx, request.id, { text: reason, visibility: 'public' }) : null;
    await move(tx, actor, request, 'cancelled', { payload: { reason: message ? 'said' : 'none' } });
  });
}

/** Says that a resolved request is not resolved after all. */
export function reopenRequest(db: Db, actor: PersonActor, reference: string) {
  return db.transaction().execute(async (tx) => {
    const request = await holdRequest(tx, actor, reference);
    if (isDone(actor, request, 'open')) return;
    if (!canReopen(actor, request, new Date())) refuse('forbidden', 'requests.cannot_reopen');
    await move(tx, actor, request, 'open', { occasion: 'reopened' });
  });
}

/** The customer says that it is done. */
export function confirmRequest(db: Db, actor: PersonActor, reference: string) {
  return db.transaction().execute(async (tx) => {
    const request = await holdRequest(tx, actor, reference);
    if (isDone(actor, request, 'closed')) return;
    if (!canConfirm(actor, request)) refuse('forbidden', 'requests.cannot_confirm');
    await move(tx, actor, request, 'closed');
  });
}

/** A customer's second click finds done what they want: no reason to be told that it cannot be done. */
const isDone = (actor: Asker, { status }: RequestRow, wanted: Status) => !isStaff(actor) && status === wanted;

export function setPriority(db: Db, actor: PersonActor, reference: string, to: { priority: number } & Seen) {
  return db.transaction().execute(async (tx) => {
    const request = await holdRequest(tx, actor, reference);
    if (!canWorkOn(actor, request)) refuse('forbidden', 'requests.cannot_work_on');
    await noteChangesSince(tx, actor, request, to.seen);
    if (request.priority === to.priority) return;

    await tx.updateTable('request').set({ priority: to.priority }).where('id', '=', request.id).execute();
    await record(tx, request.id, {
      kind: 'priority',
      visibility: 'internal',
      payload: { priority: to.priority }
    });
  });
}

/** Says that somebody has begun: from here on the customer can no longer cancel. */
export function beginWork(db: Db, actor: PersonActor, reference: string, { seen }: Seen) {
  return db.transaction().execute(async (tx) => {
    const request = await holdRequest(tx, actor, reference);
    if (!canWorkOn(actor, request)) refuse('forbidden', 'requests.cannot_work_on');
    await noteChangesSince(tx, actor, request, seen);
    if (request.work_began_at) return;

    await setWorkBegan(tx, request.id, new Date());
  });
}

/** Books, or books anew, a visit on a local day between two local times. */
export function bookVisit(db: Db, actor: PersonActor, reference: string, visit: Visit & Seen) {
  return db.transaction().execute(async (tx) => {
    const request = await holdRequest(tx, actor, reference);
    if (!canWorkOn(actor, request)) refuse('forbidden', 'requests.cannot_work_on');
    if (visit.visit_on < visit.today) refuse('invalid', 'requests.visit_in_the_past');
    if (visit.visit_from >= visit.visit_to) refuse('invalid', 'requests.visit_ends_before_it_begins');
    await noteChangesSince(tx, actor, request, visit.seen);

    const { visit_on, visit_from, visit_to } = visit;
    if (isBooked(request, visit)) return;
    await tx
      .updateTable('request')
      .set({ visit_on, visit_from, visit_to })
      .where('id', '=', request.id)
      .execute();
    if (request.status !== 'scheduled') await move(tx, actor, request, 'scheduled', { occasion: null });
    const times = { visit_on, visit_from, visit_to };
    const was = beforeOf(request);
    const payload = was ? { ...times, state: 'moved', was } : times;
    await recordAndTell(tx, request.id, { kind: 'visit', payload }, was ? 'visit_moved' : 'booked');
  });
}

/** When the visit is that is booked already. */
const beforeOf = ({ status, visit_on, visit_from, visit_to }: RequestRow) =>
  status === 'scheduled' && visit_on && visit_from && visit_to ? { visit_on, visit_from, visit_to } : null;

/** Moves a request by hand, to wherever the table allows from here without more being said. */
export function setStatus(db: Db, actor: PersonActor, reference: string, to: { status: Status } & Seen) {
  return db.transaction().execute(async (tx) => {
    const request = await holdRequest(tx, actor, reference);
    if (!canWorkOn(actor, request)) refuse('forbidden', 'requests.cannot_work_on');
    await noteChangesSince(tx, actor, request, to.seen);
    if (request.status === to.status) return;
    if (!canSetStatus(actor, request, to.status)) refuse('invalid', 'requests.cannot_set_status');
    await move(tx, actor, request, to.status);
  });
}

/** The one place where a status changes. Asks the table, writes the row, the event, the clocks and the letter. */
export async function move(
  tx: Db,
  actor: Actor,
  request: Pick<RequestRow, 'id' | 'status'>,
  to: Status,
  { payload = {}, occasion = letterFor[to] ?? null, beside = {} }: Moving = {}
) {
  const by = whomOf(actor);
  if (!by || !canMove(request.status, to, by)) refuse('conflict', 'requests.cannot_move');

  await put(tx, request.id, { status: to, ...beside });
  const event = { kind: 'status' as const, payload: { from: request.status, status: to, ...payload } };
  await (occasion ? recordAndTell(tx, request.id, event, occasion) : record(tx, request.id, event));
  await followPromises(tx, request.id, request.status, to);
}

async function put(tx: Db, id: string, change: { status: Status } & Moving['beside']) {
  try {
    await tx.updateTable('request').set(change).where('id', '=', id).execute();
  } catch (problem) {
    // Its clock is not ours, and has the last word.
    if (isCheckViolation(problem, 'request_move')) refuse('conflict', 'requests.cannot_move');
    throw problem;
  }
}

/** Which moves the customer is written to about. Reopening is confirmed where it is done; closing needs no letter. */
const letterFor: Partial<Record<Status, Occasion>> = {
  resolved: 'resolved',
  cancelled: 'cancelled',
  merged: 'merged'
};

/** Times come back from the database with seconds; a form sends them without. */
const isBooked = (request: RequestRow, { visit_on, visit_from, visit_to }: Visit) =>
  request.status === 'scheduled' &&
  request.visit_on === visit_on &&
  request.visit_from?.slice(0, 5) === visit_from.slice(0, 5) &&
  request.visit_to?.slice(0, 5) === visit_to.slice(0, 5);

interface Moving {
  /** What the event says beside the statuses. */
  payload?: Record<string, unknown>;
  /** The letter about it, when it is not the usual one. */
  occasion?: Occasion | null;
  /** What of the row changes in the same act. */
  beside?: { merged_into?: string; visit_on?: string; visit_from?: string; visit_to?: string };
}

interface Cancelling {
  /** The utility's local day, `YYYY-MM-DD`. */
  today: string;
  reason?: string;
  /** Staff only: the number of the last event they saw. */
  seen?: number;
}

interface Visit {
  visit_on: string;
  visit_from: string;
  visit_to: string;
  today: string;
}
