/** Who may do what to people, and what staff must have before they may do anything. */
import { isStaff, type Actor, type Role } from '#lib/platform/actor.ts';

/** Staff need a second factor before anything else; the people of the demonstration may go without. */
export const mustSetUpSecondFactor = (person: { role: Role; twoFactor: boolean; demo: boolean }) =>
  person.role !== 'customer' && !person.twoFactor && !person.demo;

/** Staff cannot go without a second factor, so they can only replace it. */
export const maySwitchOffSecondFactor = (person: { role: Role; demo: boolean }) =>
  person.role === 'customer' || person.demo;

/** Others are made by an admin, or by the owner at the first start. A customer makes only themself, by signing up. */
export const mayCreatePerson = (actor: Actor) => actor.kind === 'system' || mayManageStaff(actor);

/** Staff, their roles and their teams are an admin's (design §4). */
export const mayManageStaff = (actor: Actor): boolean => actor.kind === 'person' && actor.role === 'admin';

/** Admins and supervisors have a list of staff; to others there is none. */
export const maySeeStaff = (actor: Actor) => isStaff(actor) && actor.role !== 'agent';

/** Customers change what they told about themselves; staff do as they are told by them. Whose it is the database knows. */
export const mayChangeDetails = (actor: Actor, person: string): boolean =>
  isStaff(actor) || (actor.kind === 'person' && actor.id === person);

/** What the rules need to know of a member of staff. */
export interface Colleague {
  id: string;
  team_id: string | null;
  deactivated_at: Date | null;
  two_factor_enabled: boolean;
}

/** Admins see all staff; supervisors see themselves and their own team. */
export const maySeeColleague = (actor: Actor, { id, team_id }: Pick<Colleague, 'id' | 'team_id'>) =>
  mayManageStaff(actor) ||
  (isStaff(actor) &&
    actor.role === 'supervisor' &&
    (id === actor.id || (team_id !== null && team_id === actor.team)));

/** Only an admin changes what somebody may do, and never their own: nobody shuts themself out or lifts themself up. */
export const mayChangeStaff = (actor: Actor, person: string) =>
  mayManageStaff(actor) && actor.kind === 'person' && actor.id !== person;

export const mayChangeRole = (actor: Actor, colleague: Colleague) =>
  mayChangeStaff(actor, colleague.id) && colleague.deactivated_at === null;

export const mayDeactivate = (actor: Actor, colleague: Colleague) => mayChangeRole(actor, colleague);

export const mayReactivate = (actor: Actor, colleague: Colleague) =>
  mayChangeStaff(actor, colleague.id) && colleague.deactivated_at !== null;

/** For a lost phone. Their own they replace in their settings, with their password. */
export const mayResetSecondFactor = (actor: Actor, colleague: Colleague) =>
  mayChangeRole(actor, colleague) && colleague.two_factor_enabled;

/** A customer who lost a phone asks any of the staff to be signed out everywhere: it shuts them out of nothing. */
export const mayEndSessionsOfCustomers = (actor: Actor): boolean => isStaff(actor);

/** Without the second factor a password is enough, so whoever answers for the desk decides. */
export const maySwitchOffForCustomers = (actor: Actor): boolean => isStaff(actor) && actor.role !== 'agent';

/** How it was made sure that the customer is who they say: seen, called back, or asked for what only they know. */
export const identityChecks = ['document', 'called_back', 'bill_code'] as const;
export type IdentityCheck = (typeof identityChecks)[number];

/** Nobody but whoever holds the telephone says that it is theirs, or that it is texted. */
export const mayChangeTexts = (actor: Actor, person: string): boolean =>
  actor.kind === 'person' && actor.role === 'customer' && actor.id === person;
