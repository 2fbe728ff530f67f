/** Who may do what to people, and what staff must have before they may do anything. */
import type { Actor, Role } from '#lib/platform/actor.ts';

/** Staff need a second factor before anything else; the people of the demonstration may go without. */
export const mustSetUpSecondFactor = (person: { role: Role; twoFactor: boolean; demo: boolean }) =>
  person.role !== 'customer' && !person.twoFactor && !person.demo;

/** Staff cannot go without a second factor, so they can only replace it. */
export const maySwitchOffSecondFactor = (person: { role: Role; demo: boolean }) =>
  person.role === 'customer' || person.demo;

/** Only an admin changes roles, and never their own: nobody shuts themself out or lifts themself up. */
export const mayChangeRole = (actor: Actor, personId: string) =>
  actor.kind === 'person' && actor.role === 'admin' && actor.id !== personId;

/** Others are made by an admin, or by the owner at the first start. A customer makes only themself, by signing up. */
export const mayCreatePerson = (actor: Actor) =>
  actor.kind === 'system' || (actor.kind === 'person' && actor.role === 'admin');
