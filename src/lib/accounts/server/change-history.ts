/** What was changed about somebody, as lines of their history. */
import { sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import { personalDeeds } from '#lib/people/personal-changes.ts';
import type { HistoryLine, Window } from '../history.ts';
import { asMark, before } from './history.ts';

export async function changeHistory(
  db: Db,
  actor: PersonActor,
  window: Window,
  t: Words
): Promise<HistoryLine[]> {
  const at = sql`e.at`;
  const key = sql`'change-' || e.id`;
  const { rows } = await sql<{ at: string; key: string; own: boolean }>`
    select ${asMark(at)} as at, ${key} as key, e.actor_id is not distinct from e.subject_id as own
    from audit_entry e
    where e.subject_kind = 'person' and e.subject_id = ${actor.id} and e.action = any(${personalDeeds}::text[])
      and ${before(at, key, window)}
    order by e.at desc, key desc limit ${window.most}`.execute(db);
  return rows.map(({ at, key, own }) => ({
    ...{ kind: 'change' as const, at, key, day: false },
    text: t(own ? 'history.change_own' : 'history.change'),
    href: '/account/changes'
  }));
}
