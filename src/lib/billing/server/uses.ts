/** What others paid for an account by card. */
import { sql } from 'kysely';
import type { Window } from '#lib/accounts/history.ts';
import { asMark, before } from '#lib/accounts/server/history.ts';
import { whoOf } from '#lib/accounts/server/uses.ts';
import type { Asked, Use } from '#lib/accounts/uses.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import { formatMoney } from '../money.ts';

export async function paymentUses(db: Db, { account, me }: Asked, window: Window, t: Words): Promise<Use[]> {
  const at = sql`coalesce(p.ended_at, p.created_at)`;
  const key = sql`'payment-' || p.id`;
  const { rows } = await sql<
    Pick<Use, 'at' | 'key' | 'who'> & { amount: string; currency: string; reference: string }
  >`
    select ${asMark(at)} as at, ${key} as key, ${whoOf('p.person_id', account)} as who, p.amount::text as amount,
           p.currency, p.reference
    from payment_attempt p
    where p.account_id = ${account} and p.state = 'paid' and p.person_id <> ${me}
      and ${before(at, key, window)}
    order by ${at} desc, key desc limit ${window.most}`.execute(db);
  return rows.map(({ amount, currency, reference, ...line }) => ({
    ...{ ...line, day: false },
    text: t('access.used_payment', { amount: formatMoney(BigInt(amount), currency, t.locale) }),
    href: `/payments/${reference}`
  }));
}
