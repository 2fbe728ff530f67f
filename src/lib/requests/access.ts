/** Who may do what to a request. Pure, so the page and the command ask the same question. */
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import { canMove, daysToReopen, isEnded, isOpen, movesFrom, type Status } from './status.ts';

/** What the rules need to know of a request. `may_act` says whether a customer may speak for it. */
export interface Subject {
  requester_id: string | null;
  private: boolean;
  team_id: string | null;
  agent_id: string | null;
  status: Status;
  work_began_at: Date | null;
  visit_on: string | null;
  resolved_at: Date | null;
  /** The end of the day that was asked for. */
  wished_at: Date | null;
  may_act: boolean;
}

/** Design §4: their own, their team's and the unassigned; all others by an opening that says why. */
export const isTheirTeams = (actor: Actor, request: Pick<Subject, 'team_id' | 'agent_id'>) =>
  isStaff(actor) &&
  (actor.role !== 'agent' ||
    request.team_id === null ||
    request.team_id === actor.team ||
    request.agent_id === actor.id);

export const canReply = (actor: Actor, request: Subject, now: Date) =>
  speaksFor(actor, request) && !isEnded(request.status) && (isStaff(actor) || !isSettled(request, now));

/** A reply to a request that has ended opens a new one, linked to it. */
export const canFollowUp = (actor: Actor, request: Subject, now: Date) =>
  speaksFor(actor, request) && (isEnded(request.status) || isSettled(request, now));

/** Until work is under way, and until the day before a visit. `today` is the utility's local day. */
export function canCancel(actor: Actor, request: Subject, today: string): boolean {
  if (!speaksFor(actor, request)) return false;
  if (isStaff(actor)) return canMove(request.status, 'cancelled', 'staff');
  if (request.status === 'open' && request.work_began_at) return false;
  if (request.status === 'scheduled' && (request.visit_on ?? '') <= today) return false;
  return canMove(request.status, 'cancelled', 'customer');
}

/** Staff reopen while it is not closed; its customer within the days that we promise. */
export const canReopen = (actor: Actor, request: Subject, now: Date) =>
  speaksFor(actor, request) && request.status === 'resolved' && (isStaff(actor) || !isSettled(request, now));

/** Resolved so long ago that it only waits to be closed: the clock decides, and not the hour at which a job comes by. */
const isSettled = ({ status, resolved_at, wished_at }: Subject, now: Date) =>
  status === 'resolved' &&
  resolved_at !== null &&
  now.getTime() - Math.max(resolved_at.getTime(), wished_at?.getTime() ?? 0) >= daysToReopen * 86_400_000;

/** The customer says that it is done. Nobody says it for them but time. */
export const canConfirm = (actor: Actor, request: Subject) =>
  !isStaff(actor) && speaksFor(actor, request) && request.status === 'resolved';

/** Notes, priority, assignment, status: everything on the desk. */
export const canWorkOn = (actor: Actor, request: Pick<Subject, 'status'>) =>
  isStaff(actor) && !isEnded(request.status);

/** Moves that take more than a word: a visit has its day, a cancellation its reason, a merge the other request. */
const notByHand: readonly Status[] = ['scheduled', 'cancelled', 'merged'];

/** Where staff may put a request by choosing a status. */
export const statusesByHand = (actor: Actor, request: Pick<Subject, 'status'>): Status[] =>
  canWorkOn(actor, request) ? movesFrom(request.status, 'staff').filter((to) => !notByHand.includes(to)) : [];

export const canSetStatus = (actor: Actor, request: Pick<Subject, 'status'>, to: Status) =>
  statusesByHand(actor, request).includes(to);

export const canTake = (actor: Actor, request: Subject) =>
  isStaff(actor) && !isEnded(request.status) && request.agent_id !== actor.id;

/** Design §4: an agent hands on within the team that has it; across teams only supervisors and admins do. */
export const canGiveTo = (actor: Actor, request: Subject, team: string | null) =>
  canWorkOn(actor, request) &&
  ((isStaff(actor) && actor.role !== 'agent') ||
    team === request.team_id ||
    (request.team_id === null && isStaff(actor) && team === actor.team));

/** Staff link what names no account, and change what the desk has linked; what the customer chose stays. */
export const canLink = (
  actor: Actor,
  request: Pick<Subject, 'status'> & { account_id: string | null; account_linked_at: Date | null }
) => canWorkOn(actor, request) && (request.account_id === null || request.account_linked_at !== null);

/**
 * Two of one customer, or of one account, may be about the same thing; then one of them goes on. It is never one that
 * the customer of the other may not see.
 */
export const canMerge = (actor: Actor, request: Subject & Belonging, into: Subject & Belonging) =>
  isStaff(actor) &&
  canMove(request.status, 'merged', 'staff') &&
  isOpen(into.status) &&
  request.id !== into.id &&
  (isSame(request.requester_id, into.requester_id) ||
    (isSame(request.account_id, into.account_id) && !into.private));

/** Whose a request is. */
interface Belonging {
  id: string;
  account_id: string | null;
}

const isSame = (one: string | null, other: string | null) => one !== null && one === other;

export const speaksFor = (actor: Actor, request: Subject) =>
  isStaff(actor) ||
  (actor.kind === 'person' && (request.requester_id === actor.id || request.may_act)) ||
  (actor.kind === 'visitor' && request.requester_id === null && request.may_act);

/** How often the utility was right about waiting is for those who answer for it. */
export const mayLookAtWaits = (actor: Actor): boolean =>
  actor.kind === 'person' && (actor.role === 'supervisor' || actor.role === 'admin');

/** Design §4: all staff use saved replies and propose theirs; supervisors and admins keep those of teams. */
export const mayKeepReplies = (actor: Actor): boolean => isStaff(actor) && actor.role !== 'agent';
