/** The life of a request: its states, the legal moves between them, and by whom. The database holds the same table. */
import { isStaff, type Actor } from '#lib/platform/actor.ts';

export const statuses = [
  'submitted',
  'open',
  'waiting',
  'scheduled',
  'resolved',
  'closed',
  'cancelled',
  'merged'
] as const;
export type Status = (typeof statuses)[number];

export type Whom = 'customer' | 'staff' | 'system';

/** Those in which a request still asks something of somebody; the database asks its own `request_is_open`. */
export const openStatuses: readonly Status[] = ['submitted', 'open', 'waiting', 'scheduled'];

/** Whether the request still asks something of somebody. */
export const isOpen = (status: Status) => openStatuses.includes(status);

/** Whether nothing can happen to it any more: a reply opens a new request, linked to this one. */
export const isEnded = (status: Status) =>
  status === 'closed' || status === 'cancelled' || status === 'merged';

export const canMove = (from: Status, to: Status, by: Whom) => moves[from][to]?.includes(by) ?? false;

/** Where somebody may move a request from here. */
export const movesFrom = (from: Status, by: Whom) => statuses.filter((to) => canMove(from, to, by));

export const whomOf = (actor: Actor): Whom | null => {
  if (actor.kind === 'system') return 'system';
  if (actor.kind === 'visitor') return actor.visitor ? 'customer' : null;
  return isStaff(actor) ? 'staff' : 'customer';
};

/** Design §3. A resolved request closes by itself after this many days. */
export const daysToReopen = 14;

const staff = ['staff'] as const;
const either = ['customer', 'staff'] as const;
// What is open when its customer is forgotten ends with them.
const anybody = ['customer', 'staff', 'system'] as const;

const moves: Record<Status, Partial<Record<Status, readonly Whom[]>>> = {
  submitted: {
    open: staff,
    waiting: staff,
    scheduled: either,
    resolved: staff,
    cancelled: anybody,
    merged: staff
  },
  open: { waiting: staff, scheduled: either, resolved: staff, cancelled: anybody, merged: staff },
  waiting: { open: either, scheduled: either, resolved: staff, cancelled: anybody, merged: staff },
  // What nobody came to goes on by itself.
  scheduled: {
    open: ['customer', 'staff', 'system'],
    waiting: staff,
    resolved: staff,
    cancelled: anybody,
    merged: staff
  },
  resolved: { open: either, closed: ['customer', 'system'] },
  closed: {},
  cancelled: {},
  merged: {}
};
