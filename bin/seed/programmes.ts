/** Programmes of the town: whoever is in arrears pays in parts, one pays the same each month, one by a card. */
import { randomUUIDv7 } from 'node:crypto';
import type pg from 'pg';
import { budgetMonths } from '#lib/programmes/wishes.ts';
import { inParts } from '#lib/billing/instalments.ts';
import { firstDay } from '#lib/programmes/offers.ts';
import { rulesOf } from '#lib/billing/programme-rules.ts';
import type { Config } from '#lib/platform/server/config.ts';
import { insertRows, withoutTriggers } from './rows.ts';

interface Home {
  account: { id: string };
  member: { person_id: string };
}
interface Setting {
  homes: readonly Home[];
  now: Date;
  config: Pick<Config, 'jurisdiction' | 'currency' | 'timeZone'>;
}

/** The third home's arrears, the second home's winters and the fifth home's forgetting. */
export async function beginProgrammes(client: pg.ClientBase, { homes, now, config }: Setting) {
  const [, second, third, , fifth] = homes;
  if (!second || !third || !fifth) return;
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: config.timeZone }).format(now);
  const rules = rulesOf(config.jurisdiction);
  const began = later(today, -20);
  const row = (home: Home, kind: string, more: object) => ({
    ...{ id: randomUUIDv7(), account_id: home.account.id, kind, state: 'active', began_on: began },
    ...{ currency: config.currency, amount: null, review_on: null, method: null, card_name: null },
    ...{ received_before: '0', enrolled_by: home.member.person_id, form_key: randomUUIDv7() },
    ...{ created_at: new Date(now.getTime() - 20 * 86_400_000) },
    ...more
  });

  const debt = await owedOn(client, third, began);
  const parts = inParts(debt.balance, 6, later(today, -6), 'monthly');
  const arrangement = row(third, 'arrangement', {
    amount: String(debt.balance),
    received_before: String(debt.received)
  });
  const level = await owedOn(client, second, today);
  const months = budgetMonths({
    account: { ...level, currency: config.currency },
    rules,
    first: firstDay(level.bills[0]?.due_on ?? today, today),
    ...{ after: 0, yearEnds: false }
  });
  const budget = row(second, 'budget', {
    amount: String(months[0]?.amount ?? 0n),
    received_before: String(level.received),
    review_on: months.at(-1)?.due_on ?? today
  });
  const programmes = [
    ...[arrangement, budget, row(second, 'paperless', {})],
    row(fifth, 'autopay', { method: 'bank', state: 'asked' })
  ];
  const days = (programme_id: string, some: typeof parts) =>
    some.map((one) => ({ ...one, programme_id, amount: String(one.amount) }));

  await withoutTriggers(client, ['programme', 'instalment'], async () => {
    await insertRows(client, 'programme', programmes);
    await insertRows(client, 'instalment', [...days(arrangement.id, parts), ...days(budget.id, months)]);
  });
  await insertRows(
    client,
    'programme_event',
    programmes.map(({ id, account_id, amount, enrolled_by, created_at }) => ({
      ...{ programme_id: id, account_id, what: 'began', amount, at: created_at },
      ...{ actor_id: enrolled_by, by_whom: 'customer' }
    }))
  );
  // The first part came on its day.
  await insertRows(client, 'payment', [
    {
      ...{
        id: randomUUIDv7(),
        account_id: third.account.id,
        reference: `BANK-${third.account.id.slice(-8)}-PLAN`
      },
      ...{
        amount: String(parts[0]?.amount ?? 0n),
        currency: config.currency,
        method: 'bank',
        state: 'settled'
      },
      ...{ paid_on: later(today, -6), settled_at: `${later(today, -6)}T12:00:00Z` }
    }
  ]);
}

/** What was billed, received and owed on an account by the end of a day; bills newest first. */
async function owedOn(client: pg.ClientBase, { account }: Home, day: string) {
  const { rows } = await client.query<{ total: string; due_on: string }>(
    'select total, due_on::text from bill where account_id = $1 and issued_on <= $2 order by issued_on desc',
    [account.id, day]
  );
  const { rows: paid } = await client.query<{ sum: string }>(
    'select coalesce(sum(amount), 0) as sum from payment where account_id = $1 and paid_on <= $2',
    [account.id, day]
  );
  const bills = rows.map(({ total, due_on }) => ({ total: BigInt(total), due_on }));
  const received = BigInt(paid[0]?.sum ?? 0);
  return { bills, received, balance: bills.reduce((sum, { total }) => sum + total, 0n) - received };
}

const later = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString();
