/** Closing an account: what it waits for, and who may do what about it. Pure; the database holds the same. */
import { isCustomer, isStaff, type Actor } from '#lib/platform/actor.ts';

/** How long it can be called off. */
export const daysToThinkAgain = 14;

/** What is under way and keeps somebody from being forgotten. */
export type ClosingWait = 'emergency' | 'order' | 'visit' | 'payment' | 'hold';

/** Longest reason of a hold. */
export const longestReason = 500;

/** Customers close their own account; at the desk it takes a supervisor, for it cannot be undone. Who may ask may call it off. */
export const canAskToClose = (actor: Actor, person: string) =>
  isCustomer(actor) ? actor.id === person : mayDecide(actor);

/** As in a dispute before a court: everything stays until the hold is lifted. */
export const canHoldClosing = (actor: Actor) => mayDecide(actor);

const mayDecide = (actor: Actor) => isStaff(actor) && actor.role !== 'agent';
