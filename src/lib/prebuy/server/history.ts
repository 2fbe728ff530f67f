/** What was bought ahead for the accounts that somebody may see, as lines of their history. */
import { sql } from 'kysely';
import type { HistoryLine, Window } from '#lib/accounts/history.ts';
import { asMark, before, seenBy } from '#lib/accounts/server/history.ts';
import { formatMoney } from '#lib/billing/money.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';

export async function prebuyHistory(
  db: Db,
  actor: PersonActor,
  window: Window,
  t: Words
): Promise<HistoryLine[]> {
  const at = sql`b.bought_at`;
  const key = sql`'prebuy-' || b.id`;
  const { rows } = await sql<{
    at: string;
    key: string;
    quantity: number;
    name: string;
    amount: string;
    currency: string;
    number: string;
    own: boolean;
  }>`
    select ${asMark(at)} as at, ${key} as key, b.quantity, coalesce(p.name->>${t.locale}, p.name->>'en') as name,
           b.amount::text as amount, b.currency, a.number,
           b.person_id = ${actor.id} as own
    from prebuy b join account a on a.id = b.account_id join product p on p.code = b.product
    where b.account_id in ${seenBy(actor)} and b.state = 'bought' and ${before(at, key, window)}
    order by b.bought_at desc, key desc limit ${window.most}`.execute(db);
  return rows.map(({ at, key, quantity, name, amount, currency, number, own }) => ({
    ...{ kind: 'payment' as const, at, key, day: false },
    text: t(own ? 'prebuy.history_own' : 'prebuy.history', {
      count: quantity,
      name,
      amount: formatMoney(BigInt(amount), currency, t.locale)
    }),
    href: `/orders/prebuy?account=${number}#bought`
  }));
}
