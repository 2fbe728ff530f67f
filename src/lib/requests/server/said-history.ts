/** What was said on somebody's requests, and on those of accounts they share, as lines of their history. */
import { sql } from 'kysely';
import type { HistoryLine, Window } from '#lib/accounts/history.ts';
import { asMark, before, contains } from '#lib/accounts/server/history.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import { beginning } from '../excerpt.ts';
import { requestsSeenBy } from './history.ts';

interface Row {
  at: string;
  key: string;
  reference: string;
  text: string;
  own: boolean;
  staff: string | null;
  role: string;
}

/** So much of it stands in a line; the request has the rest. */
const longest = 90;

export async function saidHistory(
  db: Db,
  actor: PersonActor,
  window: Window,
  t: Words
): Promise<HistoryLine[]> {
  const at = sql`m.at`;
  const key = sql`'said-' || m.id`;
  const { rows } = await sql<Row>`
    select ${asMark(at)} as at, ${key} as key, r.reference, m.text, m.author_role as role, s.name as staff,
           m.author_id is not distinct from ${actor.id} as own
    from ${requestsSeenBy(actor)} r join message m on m.request_id = r.id and m.visibility = 'public'
      left join person s on s.id = m.author_id and s.role <> 'customer'
    where ${contains([sql`r.reference`, sql`m.text`], window)} and ${before(at, key, window)}
    order by m.at desc, key desc limit ${window.most}`.execute(db);
  return rows.map((row) => ({
    ...{ kind: 'request' as const, at: row.at, key: row.key, day: false },
    text: told(row, t),
    href: `/requests/${row.reference}`
  }));
}

function told({ reference, text, own, staff, role }: Row, t: Words) {
  const said = { reference, words: beginning(text, longest) };
  if (own) return t('history.said_you', said);
  if (staff) return t('history.said_staff', { ...said, name: staff });
  return t(role === 'customer' ? 'history.said_other' : 'history.said_us', said);
}
