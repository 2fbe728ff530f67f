/** What somebody asked for, themself or on an account they share, as lines of their history. */
import { sql } from 'kysely';
import type { HistoryLine, Window } from '#lib/accounts/history.ts';
import { asMark, before, contains, seenBy } from '#lib/accounts/server/history.ts';
import { definitionOf } from '#lib/catalogue/server/catalogue.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import type { Status } from '../status.ts';
import { written } from './read-positions.ts';

type Row = {
  at: string;
  key: string;
  reference: string;
  type: string;
  version: number;
  status: Status;
};

/** Their own, and those of accounts they share that are not private. At the desk, where all could be seen, no more than that. */
export const requestsSeenBy = (actor: PersonActor) => sql`(
  select r.id, r.reference from request r where r.requester_id = ${actor.id}
  union
  select r.id, r.reference from request r where r.account_id = any (array${seenBy(actor)}) and not r.private)`;

export async function requestHistory(
  db: Db,
  actor: PersonActor,
  window: Window,
  t: Words
): Promise<HistoryLine[]> {
  const at = sql`r.submitted_at`;
  const key = sql`'request-' || r.id`;
  const found = contains([sql`r.reference`, written, sql`r.description`], window);
  const page = sql`and ${found} and ${before(at, key, window)} order by r.submitted_at desc, r.id desc limit ${window.most}`;
  // Their own by one index, those of the accounts they share by another.
  const { rows } = await sql<Row>`
    with mine as (
      (select r.id from request r where r.requester_id = ${actor.id} ${page})
      union
      (select r.id from request r
       where r.account_id = any (array${seenBy(actor)}) and not r.private ${page})
    )
    select ${asMark(at)} as at, ${key} as key, r.reference, r.service_type as type, r.service_version as version, r.status
    from mine join request r on r.id = mine.id
    order by r.submitted_at desc, r.id desc limit ${window.most}`.execute(db);
  return Promise.all(
    rows.map(async ({ at, key, reference, type, version, status }) => {
      const name = (await definitionOf(db, type, version)).name[t.locale];
      const values = { name, reference, status: t(`requests.status_${status}`) };
      return {
        ...{ kind: 'request' as const, at, key, day: false },
        text: t('history.request', values),
        href: `/requests/${reference}`
      };
    })
  );
}
