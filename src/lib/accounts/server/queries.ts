/** Questions about accounts, their members and their premises. */
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';

/** The accounts a person may act on, each with its first premises. */
export function accountsToActOn(db: Db, actor: PersonActor) {
  return db
    .selectFrom('account as a')
    .innerJoin('account_member as m', 'm.account_id', 'a.id')
    .leftJoin('premises as p', 'p.account_id', 'a.id')
    .distinctOn(['a.number'])
    .select(['a.id', 'a.number', 'a.holder', 'p.id as premises_id', 'p.line', 'p.town'])
    .where('m.person_id', '=', actor.id)
    .where('m.scope', '=', 'act')
    .orderBy('a.number')
    .orderBy('p.id')
    .execute();
}
