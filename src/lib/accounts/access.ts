/** Who may do what to an account's readings, beyond giving them, and to those who come to an account. */
import { isStaff, type Actor, type Staff } from '#lib/platform/actor.ts';

/** Whether a doubted reading counts is said by staff, whoever gave it. */
export const mayDecideReading = (actor: Actor): actor is Staff => isStaff(actor);

export const memberKinds = ['holder', 'authorised', 'landlord', 'nominee'] as const;
export type MemberKind = (typeof memberKinds)[number];

/** What somebody who is invited can be. Holders come by a bill. */
export const invitedKinds = ['authorised', 'landlord', 'nominee'] as const satisfies MemberKind[];
export type InvitedKind = (typeof invitedKinds)[number];

/** What somebody may do with an account: get copies of notices, see everything, or also ask and change. */
export const scopes = ['notices', 'view', 'act'] as const;
export type Scope = (typeof scopes)[number];

/** A member of an account, as the rules need to know them. */
interface Member {
  person_id: string;
  kind: MemberKind;
}

const isSelf = (actor: Actor, { person_id }: Member) => actor.kind === 'person' && actor.id === person_id;

/** Who holds the account says what others may do, and the desk does as they say. */
export const mayChangeAccess = (actor: Actor, held: boolean, member: Member) =>
  (held || isStaff(actor)) && member.kind !== 'holder';

/** Holders end what others may do, the desk does it for them, and everybody may leave; the last holder stays. */
export const mayEndAccess = (actor: Actor, held: boolean, member: Member) =>
  isStaff(actor) || isSelf(actor, member) || mayChangeAccess(actor, held, member);

/** An invitation that waits for an answer, or that nobody took up in time. */
export interface Waiting {
  id: string;
  email: string;
  kind: InvitedKind;
  scope: Scope;
  access_ends_at: Date | null;
  expires_at: Date;
  over: boolean;
}
