/** The sixth home has not paid for three months: how far reminding has come is what the ladder makes of the days since. */
import type pg from 'pg';
import { climb, ladderOf, type DunningState } from '#lib/programmes/dunning/ladder.ts';
import { settle } from '#lib/billing/settle.ts';
import type { Config } from '#lib/platform/server/config.ts';
import { insertRows, withoutTriggers } from './rows.ts';

interface Setting {
  account: string;
  now: Date;
  config: Pick<Config, 'jurisdiction' | 'currency' | 'timeZone'>;
}

export async function standOnLadder(client: pg.ClientBase, { account, now, config }: Setting) {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: config.timeZone }).format(now);
  const bills = await openBills(client, account);
  const first = bills[0]?.due_on;
  if (!first) return;

  const events: { at: string; step: DunningState['step']; amount: string }[] = [];
  let stands: DunningState | null = null;
  let since: string | null = null;
  for (let day = after(first); day <= today; day = after(day)) {
    const before: DunningState['step'] = stands?.step ?? 'none';
    stands = climb(
      { ...{ bills, currency: config.currency, paying: false, priority: false }, step: before, since },
      ladderOf(config.jurisdiction),
      day
    );
    if (!stands || stands.step === before) continue;
    since = day;
    events.push({ at: `${day}T14:22:00Z`, step: stands.step, amount: String(stands.amount) });
  }
  if (!stands) return;
  const { step, holds, due_on, amount } = stands;
  const row = { account_id: account, step, since: since ?? today, holds, due_on };
  // What was written about then has long been read.
  await withoutTriggers(client, ['dunning'], () =>
    insertRows(client, 'dunning', [{ ...row, amount: String(amount), currency: config.currency }])
  );
  await insertRows(
    client,
    'dunning_event',
    events.map((event) => ({ ...event, account_id: account, currency: config.currency }))
  );
}

/** What is open, the oldest first. */
async function openBills(client: pg.ClientBase, account: string) {
  const { rows: bills } = await client.query<{
    id: string;
    total: string;
    due_on: string;
    issued_on: string;
  }>(
    `select id, total::text, due_on::text, issued_on::text from bill where account_id = $1 order by issued_on`,
    [account]
  );
  const { rows: payments } = await client.query<{ amount: string; paid_on: string; bill_id: string | null }>(
    'select amount::text, paid_on::text, bill_id from payment where account_id = $1 order by paid_on',
    [account]
  );
  const standing = settle(
    bills.map(({ total, ...bill }) => ({ ...bill, total: BigInt(total) })),
    payments.map((one) => ({ ...one, amount: BigInt(one.amount) }))
  );
  return bills.flatMap(({ due_on }, at) => {
    const open = standing[at]?.open ?? 0n;
    return open > 0n ? [{ due_on, open, disputed: false, planned: false, bank: false }] : [];
  });
}

const after = (day: string) => Temporal.PlainDate.from(day).add({ days: 1 }).toString();
