/** Questions about accounts, their members and their premises. */
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';

/** The accounts a person may act on, each with its first premises. */
export const accountsToActOn = (db: Db, actor: Pick<PersonActor, 'id'>) =>
  accountsOf(db, actor).where('m.scope', '=', 'act').execute();

/** The accounts whose bills and readings a person may see, each with its first premises and what they may do there. */
export const accountsToSee = (db: Db, actor: PersonActor) =>
  accountsOf(db, actor).where('m.scope', 'in', ['view', 'act']).execute();

/**
 * The account a page is about: the one its address names, or the first. Null where there is none at all; an account
 * that is not theirs is not there. Where something is bought, `toAct`, the first is one they may act for, if there is any.
 */
export async function chosenAccount(
  db: Db,
  actor: PersonActor,
  named: string | null,
  { toAct = false } = {}
) {
  const accounts = await accountsToSee(db, actor);
  const first = (toAct && accounts.find(({ scope }) => scope === 'act')) || accounts[0];
  const account = named === null ? first : accounts.find(({ number }) => number === named);
  if (named !== null && !account) refuse('missing', 'errors.missing');
  return { accounts, account: account ?? null };
}

/** The number of an account that the asker may see. */
export const accountNumberOf = async (db: Db, id: string) =>
  (await db.selectFrom('account').select('number').where('id', '=', id).executeTakeFirst())?.number ?? null;

/** Whether somebody is a member of any account, be it only for notices. */
export const isMember = async (db: Db, actor: PersonActor) =>
  (await accountsOf(db, actor).limit(1).executeTakeFirst()) !== undefined;

function accountsOf(db: Db, actor: Pick<PersonActor, 'id'>) {
  return db
    .selectFrom('account as a')
    .innerJoin('account_member as m', 'm.account_id', 'a.id')
    .leftJoin('premises as p', 'p.account_id', 'a.id')
    .distinctOn(['a.number'])
    .select(['a.id', 'a.number', 'a.holder', 'm.scope', 'p.id as premises_id', 'p.line', 'p.town'])
    .where('m.person_id', '=', actor.id)
    .orderBy('a.number')
    .orderBy('p.id');
}
