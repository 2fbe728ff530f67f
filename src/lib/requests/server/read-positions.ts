/** How far somebody has read a request, and what is new to them in lists. Their own, and only for whom they are. */
import { sql, type RawBuilder } from 'kysely';
import { unhurried, type Db } from '#lib/platform/server/db.ts';
import { me } from '#lib/platform/server/me.ts';
import { prepared } from '#lib/platform/server/prepared.ts';
import type { RequestId } from './queries.ts';

/** The number of the last event that this person has seen; null when they never looked. */
export const readUpTo = async (db: Db, id: RequestId): Promise<number | null> =>
  (await positionIn(db, { id }))[0]?.number ?? null;

const positionIn = prepared((db, { id }: { id: RequestId }) =>
  db.selectFrom('request_read').select('number').where('person_id', '=', me).where('request_id', '=', id)
);

/** Remembers that they have seen it up to this event. It may be lost. */
export const noteRead = (db: Db, requestId: RequestId, number: number) =>
  unhurried(db, (one) => writeRead(one, requestId, number));

/** The same within a transaction that is about more. */
export const writeRead = (tx: Db, requestId: RequestId, number: number) =>
  sql`
    insert into request_read (person_id, request_id, number)
    select ${me}, r.id, least(${number}::int, r.last_number) from request r where r.id = ${requestId}
    on conflict (person_id, request_id) do update set number = excluded.number
    where request_read.number < excluded.number`.execute(tx);

type Side = 'customer' | 'staff';

/**
 * Whether the request in `r` holds something new for this person, as a column. What they have never opened is new when
 * somebody wrote: to a customer while it goes on, to staff when it is theirs or nobody's.
 */
export function isUnread(reader: Side): RawBuilder<boolean> {
  const theirs =
    reader === 'staff'
      ? sql`(r.agent_id is null or r.agent_id = ${me})`
      : sql`r.status not in ('closed', 'cancelled', 'merged')`;
  return sql<boolean>`coalesce((
    select r.last_number > coalesce(seen.number, 0) and (seen.number is not null or ${theirs}) and exists (
      select 1 from request_event e
      where e.request_id = r.id and e.number > coalesce(seen.number, 0)
        and e.actor_id is distinct from ${me} and ${newsTo(reader)})
    from (values (1)) as one (one)
    left join request_read seen on seen.request_id = r.id and seen.person_id = ${me}), false)`;
}

/** As `isNews` has it. */
const newsTo = (reader: Side) =>
  reader === 'staff'
    ? sql`e.kind in ('message', 'note')`
    : sql`e.visibility = 'public' and (e.kind in ('message', 'visit')
          or (e.kind = 'status' and e.payload->>'status' in ('resolved', 'cancelled')))`;

/** Who said the last words of the request in `r`, and what: its first words, where nobody has said anything since. */
export const lastSaid = sql`
  left join lateral (
    (select left(m.text, 140) as text, p.name,
            case when m.author_id = ${me} then 'me' when m.author_role = 'customer' then 'customer' else 'us' end as by
     from message m left join person p on p.id = m.author_id
     where m.request_id = r.id and m.visibility = 'public'
     order by m.id desc limit 1)
    union all
    (select left(r.description, 140), coalesce(p.name, r.contact->>'caller_name'),
            case when r.requester_id = ${me} then 'me' else 'customer' end
     from (values (r.requester_id)) as asker (id) left join person p on p.id = asker.id
     where r.description <> '')
    limit 1
  ) said on true`;

/** What the row of a request says of its talk. */
export interface Saying {
  unread: boolean;
  last_number: number;
  said: string | null;
  said_by: 'me' | 'customer' | 'us' | null;
  said_name: string | null;
}

/** What a request was begun with: its subject, else its first words. */
export const written = sql<string>`left(coalesce(nullif(r.answers->>'subject', ''), r.description), 160)`;
