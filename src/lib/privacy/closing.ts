/** Closing an account: what it waits for, and who may do what about it. Pure; the database holds the same. */
import { isCustomer, isStaff, type Actor } from '#lib/platform/actor.ts';

export const closingStates = ['waiting', 'withdrawn', 'done'] as const;
export type ClosingState = (typeof closingStates)[number];

/** How long it can be called off. */
export const daysToThinkAgain = 14;

/** What is under way and keeps somebody from being forgotten. */
export const closingWaits = ['emergency', 'order', 'visit', 'payment', 'hold'] as const;
export type ClosingWait = (typeof closingWaits)[number];

/** Longest reason of a hold. */
export const longestReason = 500;

/** Customers close their own account; at the desk it takes a supervisor, for it cannot be undone. */
export const canAskToClose = (actor: Actor, person: string) =>
  isCustomer(actor) ? actor.id === person : mayDecide(actor);

/** Whoever may ask for it may call it off. */
export const canWithdrawClosing = canAskToClose;

/** As in a dispute before a court: everything stays until the hold is lifted. */
export const canHoldClosing = (actor: Actor) => mayDecide(actor);

const mayDecide = (actor: Actor) => isStaff(actor) && actor.role !== 'agent';
