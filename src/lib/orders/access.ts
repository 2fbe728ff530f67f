/** Who may do what to an order. Pure, so the page and the command ask the same question. */
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import { isBefore, type SlotRules } from '#lib/slots/rules.ts';
import { canMove, isEnded, type OrderStatus } from './status.ts';

/** What the rules need to know of an order. `may_act` says whether a customer may speak for its account. */
export interface Ordered {
  status: OrderStatus;
  may_act: boolean;
  /** Its place in a slot, where it has one. */
  slot: { on_day: string; zone: string } | null;
  /** Until when that place is only held, while it is to be paid; null where it is theirs. */
  held_until: Date | null;
}

/** The rules of deliveries as they are set, and the clock. */
export interface ByRules {
  rules: SlotRules;
  now: Date;
}

const speaks = (actor: Actor, order: Ordered) =>
  isStaff(actor) || (actor.kind === 'person' && actor.role === 'customer' && order.may_act);

/** Its customer until the cut-off of its slot; staff until it has left. */
export const canCancel = (actor: Actor, order: Ordered, { rules, now }: ByRules) =>
  speaks(actor, order) &&
  canMove(order.status, 'cancelled', isStaff(actor) ? 'staff' : 'customer') &&
  (isStaff(actor) || !order.slot || isBefore(rules.cancelUntil, order.slot, now));

/** To another slot, while nobody has packed it; or to a new one, when it came back. */
export const canChooseSlot = (actor: Actor, order: Ordered, { rules, now }: ByRules) =>
  speaks(actor, order) &&
  (order.status === 'missed' ||
    order.status === 'preordered' ||
    (order.status === 'placed' &&
      (isStaff(actor) || !order.slot || isBefore(rules.moveUntil, order.slot, now))));

/** The code that is said at the door: nobody but who may act for the account ever reads it. */
export const canSeeCode = (actor: Actor, order: Ordered) =>
  !isStaff(actor) &&
  speaks(actor, order) &&
  order.status !== 'preordered' &&
  !isEnded(order.status) &&
  order.held_until === null;

/** Whether its hours are held while it is to be paid; they are nobody's any more once that is over. */
export const isHeld = ({ held_until }: Pick<Ordered, 'held_until'>, now: Date) =>
  held_until !== null && held_until > now;
export const holdIsOver = ({ held_until }: Pick<Ordered, 'held_until'>, now: Date) =>
  held_until !== null && held_until <= now;

/** To pay at the door instead makes its hours theirs, while they are held. */
export const canPayAtDoor = (actor: Actor, order: Ordered, now: Date) =>
  speaks(actor, order) && order.status === 'placed' && isHeld(order, now);

/** What is still open is paid by whoever may act; nobody pays for what never comes, nor for what has no time yet. */
export const canPay = (actor: Actor, order: Ordered & { due: bigint }) =>
  !isStaff(actor) &&
  speaks(actor, order) &&
  order.due > 0n &&
  order.status !== 'cancelled' &&
  order.status !== 'preordered';

/** Why whoever speaks for it can no longer change its time themself; null where they can, or nobody could. */
export const whyFixed = (actor: Actor, order: Ordered, clock: ByRules): 'placed' | 'packed' | null =>
  (order.status === 'placed' || order.status === 'packed') &&
  !isStaff(actor) &&
  speaks(actor, order) &&
  !canChooseSlot(actor, order, clock)
    ? order.status
    : null;

export const canWorkOn = (actor: Actor, order: Pick<Ordered, 'status'>) =>
  isStaff(actor) && !isEnded(order.status);
