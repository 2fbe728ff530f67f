/** The life of an order: its states, the legal moves between them, and by whom. The database holds the same table. */
import type { closedReasons } from '#lib/slots/rules.ts';

export const orderStatuses = [
  'preordered',
  'placed',
  'packed',
  'on_the_way',
  'missed',
  'delivered',
  'cancelled'
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export type OrderEventKind =
  | 'placed'
  | 'preordered'
  | 'available'
  | 'packed'
  | 'unpacked'
  | 'on_the_way'
  | 'missed'
  | 'delivered'
  | 'cancelled'
  | 'moved'
  | 'paid'
  | 'code_renewed'
  | 'at_door';

export type OrderedBy = 'customer' | 'staff' | 'system';

export const isEnded = (status: OrderStatus) => status === 'delivered' || status === 'cancelled';

export const canMove = (from: OrderStatus, to: OrderStatus, by: OrderedBy) =>
  moves[from][to]?.includes(by) ?? false;

/** Why a driver comes back with it. */
export const missedReasons = ['nobody_home', 'no_access', 'no_code', 'unsafe', 'other'] as const;
export type MissedReason = (typeof missedReasons)[number];

/** Why the desk calls one off. */
export const cancelReasons = ['customer', 'no_stock', 'unsafe', 'duplicate', 'other'] as const;
export type CancelReason = (typeof cancelReasons)[number];

/** Why a depot’s stock changed. */
export type MoveKind =
  | 'received'
  | 'delivered'
  | 'taken_back'
  | 'filled'
  | 'counted'
  | 'written_off'
  | 'joined'
  | 'faulty'
  | 'replaced';

/** How it was paid first. */
export type PaidHow = 'card' | 'cash' | 'card_reader';

/** Why a day was closed on which it should have been brought. */
export type ClosedReason = (typeof closedReasons)[number];

/** Why one that never left counts as missed: its hours are over. */
type LateReason = 'late';

/** Why it is called off, or waits for another time, where its time was only held while it was to be paid. */
type HeldReason = 'unpaid' | 'paid_late';

export type Why = MissedReason | CancelReason | ClosedReason | LateReason | HeldReason;

const staff = ['staff'] as const;
const either = ['customer', 'staff'] as const;
const staffOrTime = ['staff', 'system'] as const;
const anybody = ['customer', 'staff', 'system'] as const;

const moves: Record<OrderStatus, Partial<Record<OrderStatus, readonly OrderedBy[]>>> = {
  preordered: { placed: either, cancelled: either },
  // Missed before it left: the day was closed, or went by.
  // Called off by time where nobody paid while its hours were held.
  placed: { packed: staff, missed: staffOrTime, cancelled: anybody },
  packed: { placed: staff, on_the_way: staff, missed: staffOrTime, cancelled: either },
  on_the_way: { delivered: staff, missed: staff },
  missed: { placed: either, cancelled: either },
  delivered: {},
  cancelled: {}
};
