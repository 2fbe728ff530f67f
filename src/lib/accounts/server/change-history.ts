/** What was changed about somebody, as lines of their history. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import { isOf, personalChanges } from '#lib/people/server/personal-changes.ts';
import type { HistoryLine, Window } from '../history.ts';
import { asMark, before } from './history.ts';
import { accountsHeldBy } from './members.ts';

export async function changeHistory(
  db: Db,
  actor: PersonActor,
  window: Window,
  t: Words
): Promise<HistoryLine[]> {
  const at = sql`e.at`;
  const key = sql`'change-' || e.id`;
  const whose = { person: actor.id, accounts: await accountsHeldBy(db, actor.id) };
  const { rows } = await sql<{ at: string; key: string; own: boolean; access: boolean }>`
    select ${asMark(at)} as at, ${key} as key, e.actor_id is not distinct from ${actor.id} as own,
           e.action like 'acce%' or e.subject_kind = 'account' as access
    from audit_entry e
    where ${isOf(whose)} and ${before(at, key, window)}
    order by e.at desc, key desc limit ${window.most}`.execute(db);
  return rows.map(({ at, key, own, access }) => ({
    ...{ kind: 'change' as const, at, key, day: false },
    text: t(access ? 'history.change_access' : own ? 'history.change_own' : 'history.change'),
    href: '/account/changes'
  }));
}

/** A page of what was changed about somebody and about the accounts they hold. */
export const changesOf = async (db: Db, person: string, before: string | null = null) =>
  personalChanges(db, { person, accounts: await accountsHeldBy(db, person) }, before);
