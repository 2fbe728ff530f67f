/** Customers with a bill of $84.20 due on 14 March 2026, who have a card kept at the demo's provider. */
import { randomUUID } from 'node:crypto';
import type { openDatabase } from '#lib/platform/server/db.ts';
import { cardAsked } from '#lib/payments/server/card-queries.ts';
import { beginCard, lookAfterCard } from '#lib/payments/server/cards.ts';
import { decideDemoCard, demoProvider } from '#lib/payments/server/demo-provider.ts';
import type { makersOn, Somebody } from './makers.ts';

type Makers = Pick<Awaited<ReturnType<typeof makersOn>>, 'aPerson' | 'aMember' | 'sql'>;

export const origin = 'http://hearth.example';
/** The day on which their cards are kept. */
const began = '2026-03-01';

export function payersOn({ aPerson, aMember, sql }: Makers, database: ReturnType<typeof openDatabase>) {
  return somebody;

  async function somebody(most: bigint | null = null) {
    const ada = await aPerson();
    const number = String(10_000_000 + Math.trunc(Math.random() * 89_999_999));
    const [made] = await sql<{ id: string }>(
      `insert into account (number, holder) values ($1, 'Ada Brook') returning id`,
      [number]
    );
    const account = made?.id ?? '';
    await aMember(account, ada, 'holder', 'act');
    await sql(
      `with b as (insert into bill (account_id, number, currency, issued_on, due_on, period_from, period_to, total)
         values ($1, $2, 'USD', '2026-02-22', '2026-03-14', '2026-01-20', '2026-02-19', 8420) returning id)
       insert into bill_line (bill_id, number, code, amount) select id, 1, 'other', 8420 from b`,
      [account, `B-${number}`]
    );
    const ask = (key: string = randomUUID(), who: Somebody = ada) =>
      beginCard(database.as(who), who, demoProvider(database.as(who), origin), {
        ...{ account, most, currency: 'USD', key, locale: 'en', today: began },
        returnUrl: `${origin}/bills/programmes/autopay?account=${number}`
      });
    /** What is chosen on the demo's page, and the look at it afterwards. */
    const keep = async (pays = true) => {
      const card = await cardAsked(database.as(ada), account, ada.id);
      if (!card?.checkout) return;
      await decideDemoCard(database.as(ada), card.id, { state: 'kept', pays });
      const real = demoProvider(database.as(ada), origin);
      await lookAfterCard(database.as(ada), real, { ...card, checkout: card.checkout }, began);
    };
    const list = (query: string) => async () =>
      (await sql<{ said: string }>(query, [account])).map(({ said }) => said);
    const paid = async () =>
      (await sql<{ amount: string }>('select amount from payment where account_id = $1', [account])).map(
        ({ amount }) => Number(amount)
      );
    return {
      ...{ ada, account, ask, keep, paid },
      cards: list(
        `select c.state || ' ' || coalesce(p.state, '-') as said from kept_card c left join programme p on p.id = c.programme_id
         where c.account_id = $1 order by c.created_at`
      ),
      attempts: list(
        `select try_number || ' ' || state as said from payment_attempt where account_id = $1 order by try_number`
      ),
      events: list(
        `select e.what as said from programme_event e join programme p on p.id = e.programme_id
         where e.account_id = $1 and p.kind = 'autopay' order by e.seq`
      )
    };
  }
}

/** What can happen to their accounts between beginning a payment and charging it. */
export function meanwhileOn(sql: Makers['sql']) {
  return { pay, change, timeIsOver };

  function pay(account: string, amount: number) {
    return sql(
      `insert into payment (account_id, reference, amount, currency, method, paid_on)
       values ($1, gen_random_uuid()::text, $2, 'USD', 'bank', '2026-03-14')`,
      [account, amount]
    );
  }

  /** The billing system sends the bill again, with another total. */
  function change(account: string, total: number) {
    return sql(
      `with b as (update bill set total = $2 where account_id = $1 returning id)
       update bill_line set amount = $2 where bill_id in (select id from b)`,
      [account, total]
    );
  }

  function timeIsOver(account: string) {
    return sql(
      `update account_member set kind = 'authorised', expires_at = now() - interval '1 minute' where account_id = $1`,
      [account]
    );
  }
}
