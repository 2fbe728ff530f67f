/**
 * The clock's part in automatic payment: it takes what is due from kept cards. The attempt is written down first, the
 * provider is asked under its id, and what it says is kept once: two clocks, a webhook that is quicker than the answer, or
 * a clock killed in between change nothing about that.
 */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { isCheckViolation, type Db } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import { spell } from '#lib/platform/spelled.ts';
import type { PaymentProvider } from '../paying.ts';
import { coveredBy } from '#lib/billing/shown-status.ts';
import type { ProgrammeRules } from '#lib/billing/programme-rules.ts';
import { keepWord } from './attempts.ts';
import { planOf } from '#lib/billing/server/plan.ts';
import { breakAutopay } from '#lib/programmes/server/commands.ts';
import { disputedAmong, readBills } from '#lib/billing/server/queries.ts';
import {
  accountsWithDue,
  armful,
  attemptToCharge,
  autopayOf,
  type ToTake,
  withTakings
} from '#lib/billing/server/taking.ts';

export interface Clock {
  provider: PaymentProvider;
  today: string;
  rules: ProgrammeRules;
  /** What the customer reads on the statement of their card. */
  description: string;
}

/** Takes what is due today from every card that may be charged. Done again it takes nothing more. */
export async function chargeDue(db: Db, clock: Clock) {
  await sql`select let_go_of_cards(${clock.today}::date)`.execute(db);
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const some = await accountsWithDue(db, after, clock);
    for (const { account_id } of some) await chargeAccount(db, account_id, clock).catch(sayAndGoOn);
    const last = some.at(-1);
    if (!last || some.length < armful) return;
    after = last.id;
  }
}

/**
 * An attempt of which nobody knows what became of it. The provider is asked for it first; only where it has never heard of
 * it, and what it takes may still be taken, it is charged, under the same name. Else it is given up.
 */
export async function chargeAgain(db: Db, attemptId: string, clock: Clock) {
  const one = await attemptToCharge(db, attemptId);
  if (!one?.payer || one.provider !== clock.provider.name) return;
  const before = await clock.provider.findCharge({ payer: one.payer, attemptId, since: one.created_at });
  if (before) await keepAnswer(db, one.id, before, clock.today);
  else await chargeNow(db, one, clock);
}

async function chargeAccount(db: Db, account: string, clock: Clock) {
  for (const { id, taking } of await due(db, account, clock))
    if (taking?.what === 'will' && taking.on <= clock.today)
      await chargeBill(db, { account, bill: id, amount: taking.amount, number: taking.tries + 1 }, clock);
  const left = await due(db, account, clock);
  if (left.some(({ taking }) => taking?.what === 'given_up')) await breakAutopay(db, account, clock.today);
}

/** The bills of an account, with what its card takes of each. */
async function due(db: Db, account: string, { today, rules }: Clock) {
  const autopay = await autopayOf(db, account);
  if (!autopay) return [];
  const [{ bills }, plan] = [await readBills(db, account), await planOf(db, account, today, rules)];
  const disputed = await disputedAmong(db, bills);
  const facts = bills.map((bill) => ({
    ...bill,
    held: disputed.has(bill.id) || (plan !== null && coveredBy(plan, bill))
  }));
  return withTakings(db, autopay, facts, today);
}

interface ToCharge {
  account: string;
  bill: string;
  amount: bigint;
  number: number;
}

async function chargeBill(db: Db, { account, bill, amount, number }: ToCharge, clock: Clock) {
  const autopay = await autopayOf(db, account);
  if (!autopay) return;
  const reference = `P-${spell(randomBytes(8))}`;
  const begun = await sql<{ id: string | null }>`
    select begin_automatic_payment(${autopay.id}, ${bill}, ${String(amount)}::bigint, ${number}::smallint, ${reference},
      ${clock.today}::date) as id`
    .execute(db)
    .catch((error: unknown) => {
      // What was read a moment ago is so no more: the next look decides anew.
      if (isCheckViolation(error, 'automatic_payment')) return null;
      throw error;
    });
  const id = begun?.rows[0]?.id;
  const one = id && (await attemptToCharge(db, id));
  if (one && one.provider === clock.provider.name) await chargeNow(db, one, clock);
}

/** Whatever happened since it was begun counts: what was paid, disputed, agreed on otherwise or left is not taken. */
async function chargeNow(db: Db, one: ToTake, { provider, today, description }: Clock) {
  const { id, currency, payer, card_name: card } = one;
  const amount = BigInt(one.amount);
  if (!payer || !card) return;
  const stands = await sql<{ yes: boolean }>`select automatic_payment_stands(${id}) as yes`.execute(db);
  const answer = stands.rows[0]?.yes
    ? await provider.charge({ attemptId: id, amount, currency, payer, card, description })
    : ({ state: 'expired', amount, currency, checkout: null } as const);
  await keepAnswer(db, id, answer, today);
}

/** The provider's name for it first: so that it can be asked after, whatever happens next. */
async function keepAnswer(
  db: Db,
  id: string,
  { checkout, ...word }: Awaited<ReturnType<PaymentProvider['charge']>>,
  today: string
) {
  if (checkout)
    await db
      .updateTable('payment_attempt')
      .set({ checkout })
      .where('id', '=', id)
      .where('checkout', 'is', null)
      .execute();
  await keepWord(db, { id, checkout: checkout ?? '' }, word, today);
}

/** One that cannot be charged holds up no other; the minute's look asks after it again. */
const sayAndGoOn = (error: unknown) => log.error('an account could not be charged', { error });
