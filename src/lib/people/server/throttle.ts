/** Counts tries per account and per address, in one statement, so that a burst of parallel tries is counted whole. */
import { sql } from 'kysely';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { digest } from '#lib/platform/server/seal.ts';
import { limits, type Limit, type Limited } from '../limits.ts';

/** Whose tries are counted: the account named (whether it exists or not), and where the try comes from. */
export interface Trier {
  account: string;
  address: string;
}

/** Counts one try, before it is judged. Refuses when there were too many. */
export async function countTry(db: Db, secret: string, what: Limited, who: Trier) {
  const tries = await Promise.all(
    keysOf(secret, what, who).map(
      async ({ key, limit }) => (await count(db, key, limit.minutes)) <= limit.times
    )
  );
  if (tries.includes(false)) refuse('too_many', 'people.too_many', { minutes: limits[what].account.minutes });
}

/** Gives a try back that turned out right, so that only wrong ones add up. */
export async function giveBackTry(db: Db, secret: string, what: Limited, who: Trier) {
  const keys = keysOf(secret, what, who).map(({ key }) => key);
  await db
    .updateTable('throttle')
    .set((row) => ({ count: row('count', '-', 1) }))
    .where('key', 'in', keys)
    .where('count', '>', 0)
    .execute();
}

/** Whether this is the first time within `seconds` that this was shown: a one-time code is good for one time. */
export async function firstTime(db: Db, secret: string, what: string, seconds: number): Promise<boolean> {
  return (await count(db, keyOf(secret, what), seconds / 60)) === 1;
}

/** One more try under this key; a window that has ended begins anew. Returns how many there were. */
async function count(db: Db, key: string, minutes: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    insert into throttle as t (key, count, window_ends_at)
    values (${key}, 1, now() + ${minutes} * interval '1 minute')
    on conflict (key) do update set
      count = case when t.window_ends_at > now() then t.count + 1 else 1 end,
      window_ends_at = case when t.window_ends_at > now() then t.window_ends_at else excluded.window_ends_at end
    returning count`.execute(db);
  return rows[0]?.count ?? 1;
}

function keysOf(secret: string, what: Limited, { account, address }: Trier): { key: string; limit: Limit }[] {
  return [
    { key: keyOf(secret, `${what} account ${account.toLowerCase()}`), limit: limits[what].account },
    { key: keyOf(secret, `${what} address ${network(address)}`), limit: limits[what].address }
  ];
}

const keyOf = (secret: string, text: string) => digest(text, secret, 'throttle').toString('base64url');

/** One household has one IPv4 address, but 2^64 of IPv6: there the network counts. */
function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  if (!address.includes(':')) return address;

  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const before = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
