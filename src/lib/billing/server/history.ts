/** Bills and payments of the accounts that somebody may see, as lines of their history. */
import { sql } from 'kysely';
import type { HistoryLine, Window } from '#lib/accounts/history.ts';
import { asMark, before, contains, noonOf, seenBy } from '#lib/accounts/server/history.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import { formatMoney } from '../money.ts';

type Row = { at: string; key: string; amount: string; currency: string; number: string };
type BillRow = Row & { account: string };
type PaymentRow = Row & { own: boolean };

export async function billHistory(
  db: Db,
  actor: PersonActor,
  window: Window,
  t: Words
): Promise<HistoryLine[]> {
  const at = noonOf(sql`b.issued_on`);
  const key = sql`'bill-' || b.id`;
  const { rows } = await sql<BillRow>`
    select ${asMark(at)} as at, ${key} as key, b.total::text as amount, b.currency, b.number, a.number as account
    from bill b join account a on a.id = b.account_id where b.account_id in ${seenBy(actor)} and ${contains([sql`b.number`], window)} and ${before(at, key, window)}
    order by b.issued_on desc, key desc limit ${window.most}`.execute(db);
  return rows.map(({ at, key, amount, currency, number, account }) => ({
    ...{ kind: 'bill' as const, at, key, day: true, account },
    text: t('history.bill', { number, amount: formatMoney(BigInt(amount), currency, t.locale) }),
    href: `/bills/${number}`
  }));
}

export async function paymentHistory(
  db: Db,
  actor: PersonActor,
  window: Window,
  t: Words
): Promise<HistoryLine[]> {
  const at = noonOf(sql`p.paid_on`);
  const key = sql`'payment-' || p.id`;
  const { rows } = await sql<PaymentRow>`
    select ${asMark(at)} as at, ${key} as key, p.amount::text as amount, p.currency, a.number,
           p.person_id is not distinct from ${actor.id} as own
    from payment p join account a on a.id = p.account_id
    where p.account_id in ${seenBy(actor)} and p.state = 'settled' and ${before(at, key, window)}
    order by p.paid_on desc, key desc limit ${window.most}`.execute(db);
  return rows.map(({ at, key, amount, currency, number, own }) => ({
    ...{ kind: 'payment' as const, at, key, day: true, account: number },
    text: paymentText(t, BigInt(amount), currency, own),
    href: `/bills?account=${number}#payments`
  }));
}

/** Several people read the same account: “you” is only who paid. */
const paymentText = (t: Words, amount: bigint, currency: string, own: boolean) =>
  amount < 0n
    ? t('history.payment_back', { amount: formatMoney(-amount, currency, t.locale) })
    : t(own ? 'history.payment_own' : 'history.payment', {
        amount: formatMoney(amount, currency, t.locale)
      });
