/** Visits for somebody's requests, and for those of accounts they share, as lines of their history. */
import { sql } from 'kysely';
import type { HistoryLine, Window } from '#lib/accounts/history.ts';
import { asMark, before, contains, noonOf } from '#lib/accounts/server/history.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import { requestsSeenBy } from '#lib/requests/server/history.ts';

type State =
  'booked' | 'on_the_way' | 'done' | 'no_access' | 'parts_missing' | 'unsafe' | 'missed' | 'called_off';

export async function visitHistory(
  db: Db,
  actor: PersonActor,
  window: Window,
  t: Words
): Promise<HistoryLine[]> {
  const at = noonOf(sql`v.on_day`);
  const key = sql`'visit-' || v.id`;
  const { rows } = await sql<{ at: string; key: string; reference: string; state: State }>`
    select ${asMark(at)} as at, ${key} as key, r.reference, v.state
    from ${requestsSeenBy(actor)} r join visit v on v.request_id = r.id
    where ${contains([sql`r.reference`], window)} and ${before(at, key, window)}
    order by v.on_day desc, key desc limit ${window.most}`.execute(db);
  return rows.map(({ at, key, reference, state }) => ({
    ...{ kind: 'visit' as const, at, key, day: true },
    text: t('history.visit', { reference, state: t(`visits.state_${state}`) }),
    href: `/requests/${reference}`
  }));
}
