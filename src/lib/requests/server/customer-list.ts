/** A customer's own list of requests: theirs and their accounts', open and past, searched and in pages. */
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { me } from '#lib/platform/server/me.ts';
import { prepared } from '#lib/platform/server/prepared.ts';
import type { Status } from '../status.ts';
import { isUnread, lastSaid, type Saying, written } from './read-positions.ts';
import { queryFor } from './words.ts';

export const pageSize = 20;

export interface Listing {
  show: 'all' | 'open' | 'past';
  /** Words to look for, in any order, in what was said and by whom, or a reference. */
  search: string;
  page: number;
}

export interface ListedRequest extends Saying {
  id: string;
  reference: string;
  service_type: string;
  service_version: number;
  /** The subject, or the first words. */
  written: string;
  status: Status;
  submitted_at: Date;
  resolved_at: Date | null;
  due_at: Date | null;
  visit_on: string | null;
  visit_from: string | null;
  visit_to: string | null;
  own: boolean;
  /** We asked them something and wait. */
  needs_you: boolean;
}

/**
 * One page of a customer's requests, and how many there are in all: first those that wait for them, then newest first.
 * One statement: their own by one index, which has them in order, those of shared accounts by another.
 */
export async function listRequests(db: Db, { show, search, page }: Listing) {
  const query = search.trim() === '' ? null : await queryFor(db, search);
  if (search.trim() !== '' && !query) return { requests: [], total: 0, pages: 1 };
  const upTo = page * pageSize;
  const rows = await (query
    ? found[show](db, { upTo, before: upTo - pageSize, query })
    : listed[show](db, { upTo, before: upTo - pageSize }));
  const total = Number(rows[0]?.total ?? 0);
  return { requests: rows, total, pages: Math.max(1, Math.ceil(total / pageSize)) };
}

/** From where to where in the list. */
interface Range {
  upTo: number;
  before: number;
}

const listedBy = (show: Listing['show']) => prepared((_db, range: Range) => pageOf(shownBy(show), range));
const foundBy = (show: Listing['show']) =>
  prepared((_db, { query, ...range }: Range & { query: string }) =>
    pageOf(sql`${shownBy(show)} and r.id = any (array(select own_requests_with(${query}::tsquery)))`, range)
  );
const listed = { all: listedBy('all'), open: listedBy('open'), past: listedBy('past') };
const found = { all: foundBy('all'), open: foundBy('open'), past: foundBy('past') };

function pageOf(shown: RawBuilder<unknown>, { upTo, before }: Range) {
  const mine = sql`r.requester_id = ${me} ${shown}`;
  return sql<ListedRequest & { total: string }>`
    with shared as (
      select r.id, r.status, false as own from request r
      where r.account_id = any (array(select m.account_id from account_member m
                                      where m.person_id = ${me} and m.scope in ('view', 'act')))
        and not r.private and r.requester_id is distinct from ${me} ${shown}
    ), newest as (
      (select r.id, r.status, true as own from request r where ${mine} and r.status = 'waiting'
       order by r.id desc limit ${upTo})
      union
      (select r.id, r.status, true as own from request r where ${mine} order by r.id desc limit ${upTo})
      union all
      (select * from shared order by id desc limit ${upTo})
    ), listed as (
      select *, own and status = 'waiting' as needs_you from newest
      order by needs_you desc, id desc
      limit ${pageSize} offset ${before}
    )
    select r.id, r.reference, r.service_type, r.service_version, ${written} as written,
           r.status, r.submitted_at, r.resolved_at, r.due_at, r.visit_on, r.visit_from, r.visit_to, listed.own,
           listed.needs_you, r.last_number, said.text as said, said.by as said_by, said.name as said_name,
           ${isUnread('customer')} as unread,
           (select count(*) from request r where ${mine}) + (select count(*) from shared) as total
    from listed join request r on r.id = listed.id ${lastSaid}
    order by listed.needs_you desc, r.id desc`;
}

function shownBy(show: Listing['show']) {
  if (show === 'open') return sql`and request_is_open(r.status)`;
  if (show === 'past') return sql`and r.status in ('resolved', 'closed', 'cancelled', 'merged')`;
  return sql``;
}
