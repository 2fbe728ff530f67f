/** Opened from a letter: somebody is invited to an account, and says yes or no, once. */
import { sql } from 'kysely';
import { type Actor, isCustomer } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { linkId } from '#lib/people/server/links.ts';
import type { InvitedKind, Scope } from '../access.ts';
import { invitationDigest } from './inviting.ts';
import { recordAccess } from './members.ts';

export interface Invitation {
  /** Its end alone, until whoever was meant has signed in. */
  number: string;
  /** The address of whoever invites. */
  inviter: string;
  kind: InvitedKind;
  scope: Scope;
  access_ends_at: Date | null;
  expires_at: Date;
  /** Whether whoever asks is who was meant: by the address they sign in with, which is confirmed. */
  mine: boolean;
}

/** What a link invites to, or null when it opens nothing any more. */
export async function invitationOf(db: Db, secret: string, token: string): Promise<Invitation | null> {
  const known = knownBy(secret, token);
  if (known === null) return null;
  const { rows } = await sql<Invitation>`select * from account_invitation_told(${known})`.execute(db);
  return rows[0] ?? null;
}

/** Makes whoever was meant a member. Everybody else is told that there is nothing to open. */
export async function acceptInvitation(db: Db, secret: string, actor: Actor, token: string) {
  if (!isCustomer(actor)) refuse('missing', 'access.invitation_gone');
  return db.transaction().execute(async (tx) => {
    const { account, invitation } = await answer(tx, 'accept', knownBy(secret, token));
    await recordAccess(tx, actor, 'access.accepted', { account, person: actor.id }, { invitation });
  });
}

/** Says no for whoever has the letter, signed in or not. */
export function declineInvitation(db: Db, secret: string, actor: Actor, token: string) {
  return db.transaction().execute(async (tx) => {
    const { account, invitation } = await answer(tx, 'decline', knownBy(secret, token));
    await recordAccess(tx, actor, 'access.declined', { account, person: null }, { invitation });
  });
}

async function answer(tx: Db, how: 'accept' | 'decline', known: string | null) {
  const done = how === 'accept' ? sql`accept_account_invitation` : sql`decline_account_invitation`;
  const { rows } = await sql<{ account: string; invitation: string }>`
    select account_id as account, invitation_id as invitation from ${done}(${known})`.execute(tx);
  return rows[0] ?? refuse('missing', 'access.invitation_gone');
}

/** Only what we signed is looked up at all. */
const knownBy = (secret: string, token: string) =>
  linkId(secret, 'account-invitation', token) === null ? null : invitationDigest(secret, token);
