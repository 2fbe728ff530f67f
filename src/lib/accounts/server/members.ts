/** Those who come to an account: who they are, and what changes about it. */
import { sql } from 'kysely';
import type { Actor, PersonActor } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { writeAudit } from '#lib/people/server/audit.ts';
import { mayChangeAccess, mayEndAccess, type MemberKind, type Scope } from '../access.ts';
import type { AccessFacts } from '../access-letters.ts';

export interface Fellow {
  person_id: string;
  name: string;
  email: string;
  kind: MemberKind;
  scope: Scope;
  since: Date;
  expires_at: Date | null;
}

/** The accounts that somebody holds. */
export async function accountsHeldBy(db: Db, person: string): Promise<string[]> {
  const rows = await db
    .selectFrom('account_member')
    .select('account_id')
    .where('person_id', '=', person)
    .where('kind', '=', 'holder')
    .execute();
  return rows.map(({ account_id }) => account_id);
}

/** Everybody who comes to an account, its holder first. Nobody, for whoever neither holds it nor works here. */
export async function peopleOf(db: Db, account: string): Promise<Fellow[]> {
  const { rows } = await sql<Fellow>`select * from account_people(${account})`.execute(db);
  return rows;
}

/** The account of this number, for whoever holds it. To others it is not there. */
export async function heldAccount(db: Db, actor: PersonActor, number: string) {
  const account = await db
    .selectFrom('account as a')
    .innerJoin('account_member as m', 'm.account_id', 'a.id')
    .select(['a.id', 'a.number'])
    .where('a.number', '=', number)
    .where('m.person_id', '=', actor.id)
    .where('m.kind', '=', 'holder')
    .executeTakeFirst();
  return account ?? refuse('missing', 'errors.missing');
}

/** Somebody else who comes to an account that the actor holds. */
export async function fellowOf(db: Db, account: string, person: string): Promise<Fellow> {
  const fellow = isId(person) && (await peopleOf(db, account)).find(({ person_id }) => person_id === person);
  return fellow || refuse('missing', 'access.gone');
}

interface Whom {
  account: string;
  person: string;
}

/** Says what somebody may do from now on, and until when. */
export function changeAccess(db: Db, actor: PersonActor, whom: Whom, to: { scope: Scope; end: Date | null }) {
  return db.transaction().execute(async (tx) => {
    const { member, held } = await look(tx, actor, whom);
    if (!mayChangeAccess(actor, held, member)) refuse('forbidden', 'errors.forbidden');
    if (member.scope === to.scope && (member.expires_at?.getTime() ?? 0) === (to.end?.getTime() ?? 0)) return;

    const { numUpdatedRows } = await tx
      .updateTable('account_member')
      .set({ scope: to.scope, expires_at: to.end })
      .where('account_id', '=', whom.account)
      .where('person_id', '=', whom.person)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) refuse('missing', 'access.gone');
    await recordAccess(tx, actor, 'access.changed', whom, { scope: to.scope });
  });
}

/** Ends what somebody may do, at once; they themself may leave. A holder leaves only where another stays. */
export async function endAccess(db: Db, actor: PersonActor, whom: Whom) {
  const leaves = whom.person === actor.id;
  const done = db.transaction().execute(async (tx) => {
    const { member, held } = await look(tx, actor, whom);
    if (!mayEndAccess(actor, held, member)) refuse('forbidden', 'errors.forbidden');

    const { numDeletedRows } = await tx
      .deleteFrom('account_member')
      .where('account_id', '=', whom.account)
      .where('person_id', '=', whom.person)
      .executeTakeFirst();
    if (numDeletedRows === 0n) refuse('missing', 'access.gone');
    const { kind, scope } = member;
    await recordAccess(tx, actor, leaves ? 'access.left' : 'access.ended', whom, { kind, scope });
  });
  // Whether another holder stays only the database knows for sure: two may leave at once.
  await done.catch((error: unknown) => {
    if ((error as { constraint?: string }).constraint === 'account_last_holder')
      refuse('conflict', 'access.last_holder');
    throw error;
  });
}

/** Keeps it in the history of the account and of whoever it is about, and promises the letters. */
export async function recordAccess(
  tx: Db,
  actor: Actor,
  deed: AccessFacts['deed'],
  { account, person }: { account: string; person: string | null },
  facts: Record<string, string | null> = {}
) {
  const entry = await writeAudit(tx, actor, {
    action: deed,
    subject: { kind: 'account', id: account },
    detail: { ...facts, ...(person && { person }) }
  });
  if (person)
    await writeAudit(tx, actor, {
      action: deed,
      subject: { kind: 'person', id: person },
      detail: { ...facts, account }
    });
  const { invitation = null } = facts;
  await later(tx, 'accounts.tell_access', { deed, account, person, invitation, entry });
}

/** The member, as the actor may know of them, and whether the actor holds the account. */
async function look(tx: Db, actor: PersonActor, { account, person }: Whom) {
  const rows = await tx
    .selectFrom('account_member')
    .select(['person_id', 'kind', 'scope', 'expires_at'])
    .where('account_id', '=', account)
    .where('person_id', 'in', [person, actor.id])
    .$castTo<{ person_id: string; kind: MemberKind; scope: Scope; expires_at: Date | null }>()
    .execute();
  const member = rows.find(({ person_id }) => person_id === person);
  if (!member) refuse('missing', 'access.gone');
  return { member, held: rows.some(({ person_id, kind }) => person_id === actor.id && kind === 'holder') };
}
