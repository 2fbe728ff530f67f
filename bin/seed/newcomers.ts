/** Homes of the town that nobody has connected with a sign-in yet, and letters with codes, so that a newcomer can try it. */
import { randomUUIDv7 } from 'node:crypto';
import { codeDigest, codeOf } from '#lib/accounts/server/codes.ts';
import type { Chance } from './chance.ts';
import { type Home, homeOf } from './town.ts';

const holders = ['Rosalind Achterberg', 'Mateo Villanueva', 'Hyun-woo Park'];

/** `taken` is a home that somebody holds here: whoever has its letter may only look. */
export function makeNewcomers(taken: Home, count: number, secret: string, now: Date, luck: Chance) {
  const homes = holders.map((name, index) =>
    homeOf({ id: randomUUIDv7(), name, created_at: now }, count + index, luck)
  );
  const codes = [...homes.slice(0, 2), taken].map(({ account }) => {
    const id = randomUUIDv7();
    const digest = codeDigest(account.number, codeOf(id, secret), secret);
    const expires_at = new Date(now.getTime() + 365 * 24 * 3_600_000);
    return { id, account_id: account.id, digest, source: 'letter', issued_at: now, expires_at };
  });
  return {
    homes,
    codes,
    letters: codes.map(({ id }) => ({ job: 'accounts.send_code', payload: { codeId: id } }))
  };
}
