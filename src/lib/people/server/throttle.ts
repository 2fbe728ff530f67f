/** Counts tries by account and by address, in one statement, so that a burst of parallel tries is counted whole. */
import { sql } from 'kysely';
import { refuse } from '#lib/platform/refusal.ts';
import { networkOf } from '#lib/platform/server/address-digest.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { digest } from '#lib/platform/server/seal.ts';
import { limits, type Limit, type Limited, type Limits } from '../limits.ts';

/** Whose tries are counted: the account named (whether it exists or not), and where the try comes from. */
export interface Trier {
  account: string;
  address: string;
  /** The browser, when this account was signed in with it before (`known-browser.ts`). */
  browser?: string | null;
}

/** Counts one try, before it is judged. Refuses when there were too many. */
export async function countTry(db: Db, secret: string, what: Limited, who: Trier) {
  const counted = keysOf(secret, what, who);
  const counts = await count(db, counted);
  if (counted.some(({ key, limit }) => (counts.get(key) ?? 0) > limit.times))
    refuse('too_many', 'people.too_many', { minutes: limits[what].account.minutes });
}

/** Gives a try back that turned out right, so that only wrong ones add up. */
export async function giveBackTry(db: Db, secret: string, what: Limited, who: Trier) {
  const keys = keysOf(secret, what, who).map(({ key }) => key);
  await sql`with mine as (select key from throttle where key = any(${keys}) order by key for update)
            update throttle set count = count - 1 from mine where throttle.key = mine.key and count > 0`.execute(
    db
  );
}

/** Whether this is the first time within `seconds` that this was shown: a one-time code is good for one time. */
export async function firstTime(db: Db, secret: string, what: string, seconds: number): Promise<boolean> {
  const key = keyOf(secret, what);
  return (await count(db, [{ key, limit: { times: 1, minutes: seconds / 60 } }])).get(key) === 1;
}

interface Counted {
  key: string;
  limit: Limit;
}

/** One more try under each key; a window that has ended begins anew. Returns how many there were. */
async function count(db: Db, counted: Counted[]): Promise<Map<string, number>> {
  const rows = counted.map(
    ({ key, limit }) => sql`(${key}, 1, now() + ${limit.minutes}::float8 * interval '1 minute')`
  );
  const answer = await sql<{ key: string; count: number }>`
    insert into throttle as t (key, count, window_ends_at) values ${sql.join(rows)}
    on conflict (key) do update set
      count = case when t.window_ends_at > now() then t.count + 1 else 1 end,
      window_ends_at = case when t.window_ends_at > now() then t.window_ends_at else excluded.window_ends_at end
    returning key, count`.execute(db);
  return new Map(answer.rows.map((row) => [row.key, row.count]));
}

/**
 * In the order of the keys: two bursts that share rows then wait for each other, and never for ever. A browser that
 * the account was signed in with is counted by itself: what others try, from wherever, is not its fault.
 */
function keysOf(secret: string, what: Limited, { account, address, browser }: Trier): Counted[] {
  const whose = account.toLowerCase();
  const from = networkOf(address);
  const { account: ofAccount, address: ofAddress, together }: Limits = limits[what];
  const own = [{ key: keyOf(secret, `${what} browser ${whose} ${browser}`), limit: together ?? ofAccount }];
  const others = [
    { key: keyOf(secret, `${what} account ${whose}`), limit: ofAccount },
    { key: keyOf(secret, `${what} address ${from}`), limit: ofAddress },
    ...(together ? [{ key: keyOf(secret, `${what} together ${whose} ${from}`), limit: together }] : [])
  ];
  return (browser ? own : others).toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

const keyOf = (secret: string, text: string) => digest(text, secret, 'throttle').toString('base64url');
