/** What others ordered for an account. */
import { sql } from 'kysely';
import type { Window } from '#lib/accounts/history.ts';
import { asMark, before } from '#lib/accounts/server/history.ts';
import { whoOf } from '#lib/accounts/server/uses.ts';
import type { Asked, Use } from '#lib/accounts/uses.ts';
import { formatMoney } from '#lib/billing/money.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';

type Row = Pick<Use, 'at' | 'key' | 'who'> & { reference: string; amount: string; currency: string };

/** What staff took down for them is not their deed. */
export async function orderUses(db: Db, { account, me }: Asked, window: Window, t: Words): Promise<Use[]> {
  const at = sql`o.created_at`;
  const key = sql`'order-' || o.id`;
  const { rows } = await sql<Row>`
    select ${asMark(at)} as at, ${key} as key, ${whoOf('o.person_id', account)} as who, o.reference,
           o.total::text as amount, o.currency
    from customer_order o
    where o.account_id = ${account} and o.person_id <> ${me} and o.logged_by is null and ${before(at, key, window)}
    order by o.created_at desc, key desc limit ${window.most}`.execute(db);
  return rows.map(({ reference, amount, currency, ...line }) => ({
    ...{ ...line, day: false },
    text: t('access.used_order', { reference, amount: formatMoney(BigInt(amount), currency, t.locale) }),
    href: `/orders/${reference}`
  }));
}
