/** Inviting somebody to an account, taking it back, and what of it still waits. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { Refusal, refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { digest } from '#lib/platform/server/seal.ts';
import { linkToken } from '#lib/people/server/links.ts';
import { countTry } from '#lib/people/server/throttle.ts';
import type { InvitedKind, Scope, Waiting } from '../access.ts';
import type { Counter } from './claiming.ts';
import { peopleOf, recordAccess } from './members.ts';

/** How long an invitation can be accepted. The database allows no more. */
export const invitationDays = 14;

export interface Offer {
  /** Of the form: sent twice it is one invitation, and one letter. */
  key: string;
  email: string;
  kind: InvitedKind;
  scope: Scope;
  end: Date | null;
}

/** By what a link is known in the database. */
export const invitationDigest = (secret: string, token: string) =>
  digest(token, secret, 'account invitation').toString('base64url');

/** The token in the letter of the invitation with this id. */
export const invitationToken = (secret: string, id: string) => linkToken(secret, 'account-invitation', id);

/**
 * Keeps an invitation by whoever holds the account, or by one of us in their name, and promises the letter. One that waits for the same address gives way to it. Counted by who
 * invites and by who is invited, so that nobody's mailbox is flooded by us.
 */
export async function inviteToAccount(
  db: Db,
  counter: Counter,
  actor: PersonActor,
  { account, holder }: { account: string; holder: string },
  offer: Offer,
  from: { address: string; locale: string }
) {
  const digest = digestOf(contentOf({ ...offer, account_id: account, access_ends_at: offer.end }));
  const first = () => invitationOfForm(db, holder, offer.key);
  return once({ digest, first, asksBefore: true }, () =>
    store(db, counter, actor, { account, holder }, offer, from)
  );
}

async function store(
  ...[db, counter, actor, { account, holder }, offer, from]: Parameters<typeof inviteToAccount>
) {
  const people = await peopleOf(db, account);
  const inTheirName = holder === actor.id || isStaff(actor);
  if (!inTheirName || !people.some(({ person_id, kind }) => person_id === holder && kind === 'holder'))
    refuse('forbidden', 'errors.forbidden');
  if (people.some(({ email }) => email === offer.email)) refuse('conflict', 'access.comes_already');
  await count(counter, actor, offer.email, from.address);

  const id = randomUUID();
  await db.transaction().execute(async (tx) => {
    await withdraw(tx, account, { email: offer.email });
    await tx
      .insertInto('account_invitation')
      .values({
        ...{ id, account_id: account, invited_by: holder, locale: from.locale },
        ...{ email: offer.email, kind: offer.kind, scope: offer.scope, access_ends_at: offer.end },
        form_key: offer.key,
        digest: invitationDigest(counter.secret, invitationToken(counter.secret, id)),
        expires_at: sql<Date>`now() + make_interval(days => ${sql.lit(invitationDays)})`
      })
      .execute();
    await recordAccess(tx, actor, 'access.invited', { account, person: null }, { invitation: id });
    await later(tx, 'accounts.send_invitation', { invitation: id });
  });
  return id;
}

async function invitationOfForm(db: Db, holder: string, key: string) {
  const row = await db
    .selectFrom('account_invitation')
    .select(['id', 'account_id', 'email', 'kind', 'scope', 'access_ends_at'])
    .where('invited_by', '=', holder)
    .where('form_key', '=', key)
    .executeTakeFirst();
  return row && { digest: digestOf(contentOf(row)), result: row.id };
}

/** What makes two invitations the same. */
const contentOf = (row: {
  account_id: string;
  email: string;
  kind: string;
  scope: string;
  access_ends_at: Date | null;
}) => [row.account_id, row.email, row.kind, row.scope, row.access_ends_at];

/** Takes an invitation back: its link opens nothing any more. */
export function withdrawInvitation(db: Db, actor: PersonActor, id: string) {
  if (!isId(id)) refuse('missing', 'access.invitation_gone');
  return db.transaction().execute(async (tx) => {
    const [gone] = await withdraw(tx, null, { id });
    if (!gone) refuse('missing', 'access.invitation_gone');
    const whom = { account: gone.account_id, person: null };
    await recordAccess(tx, actor, 'access.withdrawn', whom, { invitation: id });
  });
}

/** What waits for an answer, and what nobody took up in time; for whoever holds the account, and for the desk. */
export const invitationsTo = (db: Db, account: string) =>
  db
    .selectFrom('account_invitation')
    .select(['id', 'email', 'kind', 'scope', 'access_ends_at', 'expires_at'])
    .select(sql<boolean>`expires_at <= now()`.as('over'))
    .where('account_id', '=', account)
    .where('state', '=', 'waiting')
    .orderBy('created_at')
    .$castTo<Waiting>()
    .execute();

const withdraw = (tx: Db, account: string | null, which: { id: string } | { email: string }) =>
  tx
    .updateTable('account_invitation')
    .set({ state: 'withdrawn', ended_at: sql<Date>`now()` })
    .where('state', '=', 'waiting')
    .$if(account !== null, (query) => query.where('account_id', '=', account))
    .where((where) => where.and(which))
    .returning('account_id')
    .execute();

async function count({ db, secret }: Counter, actor: PersonActor, email: string, address: string) {
  try {
    await countTry(db, secret, 'invite', { account: actor.id, address });
    await countTry(db, secret, 'be_invited', { account: email, address });
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.kind === 'too_many') refuse('too_many', 'access.too_many');
    throw refusal;
  }
}
