/** Connecting an account with a sign-in, by what stands on a bill or in a letter. */
import { sql } from 'kysely';
import { isCustomer, type Actor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { countTry, giveBackTry } from '#lib/people/server/throttle.ts';
import type { Claim } from '../claim-form.ts';
import { codeDigest } from './codes.ts';
import type { Membership } from './customers.ts';

/** Where tries are counted: what signing in counts its own with. */
export interface Counter {
  db: Db;
  secret: string;
}

export type Claimed = Pick<Membership, 'id' | 'kind' | 'scope'>;

/**
 * Makes the actor a member of the account: its holder where nobody is, else somebody who may look, until the holder
 * says otherwise. The holder is told by letter either way. Whichever part is wrong, the answer is the same, and tries
 * are counted by person, by where they come from and by account.
 */
export async function claimAccount(db: Db, counter: Counter, actor: Actor, claim: Claim, address: string) {
  if (!isCustomer(actor)) refuse('forbidden', 'errors.forbidden');
  const tries = [
    ['claim_account', { account: actor.id, address }],
    ['claim_number', { account: claim.number, address }]
  ] as const;
  for (const [what, who] of tries) await countTry(counter.db, counter.secret, what, who);

  const known = codeDigest(claim.number, claim.code, counter.secret);
  const claimed = await db.transaction().execute(async (tx) => {
    const { rows } = await sql<Claimed & { entry_id: string | null }>`
      select account_id as id, kind, scope, entry_id
      from claim_account(${claim.number}, ${claim.postcode}, ${known})`.execute(tx);
    const [found] = rows;
    if (!found) refuse('invalid', 'accounts.claim_wrong');
    if (found.entry_id)
      await later(tx, 'accounts.tell_holder', {
        account: found.id,
        person: actor.id,
        entry: found.entry_id
      });
    return found;
  });

  for (const [what, who] of tries) await giveBackTry(counter.db, counter.secret, what, who);
  return claimed;
}
