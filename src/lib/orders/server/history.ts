/** What was ordered for the accounts that somebody may see, as lines of their history. */
import { sql } from 'kysely';
import type { HistoryLine, Window } from '#lib/accounts/history.ts';
import { asMark, before, contains, seenBy } from '#lib/accounts/server/history.ts';
import { formatMoney } from '#lib/billing/money.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import type { OrderStatus } from '../status.ts';

interface Row {
  at: string;
  key: string;
  reference: string;
  status: OrderStatus;
  amount: string;
  currency: string;
}

export async function orderHistory(
  db: Db,
  actor: PersonActor,
  window: Window,
  t: Words
): Promise<HistoryLine[]> {
  const at = sql`o.created_at`;
  const key = sql`'order-' || o.id`;
  const { rows } = await sql<Row>`
    select ${asMark(at)} as at, ${key} as key, o.reference, o.status, o.total::text as amount, o.currency
    from customer_order o
    where o.account_id in ${seenBy(actor)} and ${contains([sql`o.reference`], window)} and ${before(at, key, window)}
    order by o.created_at desc, key desc limit ${window.most}`.execute(db);
  return rows.map(({ at, key, reference, status, amount, currency }) => ({
    ...{ kind: 'order' as const, at, key, day: false },
    text: t('history.order', {
      reference,
      amount: formatMoney(BigInt(amount), currency, t.locale),
      status: t(`orders.status_${status}`)
    }),
    href: `/orders/${reference}`
  }));
}
