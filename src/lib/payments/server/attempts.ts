/** Questions about attempts to pay, and how each stands once the provider was asked. */
import { sql } from 'kysely';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { AttemptState } from '#lib/billing/taking.ts';
import type { CheckoutState, PaymentProvider } from '../paying.ts';

const columns = [
  ...([
    'id',
    'reference',
    'subject_kind',
    'subject_id',
    'account_id',
    'person_id',
    'form_key',
    'amount',
    'currency'
  ] as const),
  ...(['provider', 'checkout', 'checkout_url', 'state', 'paid_on', 'created_at', 'ended_at'] as const),
  'programme_id'
] as const;

export type Attempt = Awaited<ReturnType<typeof getAttempt>>;

/** One attempt by its reference, as the asker may see it. */
export async function getAttempt(db: Db, reference: string) {
  const row = await db
    .selectFrom('payment_attempt')
    .select(columns)
    .where('reference', '=', reference)
    .executeTakeFirst();
  return row ? attemptFrom(row) : refuse('missing', 'errors.missing');
}

/** The attempt that this form began, if it did. */
export async function attemptOfForm(db: Db, person: string, key: string) {
  const row = await db
    .selectFrom('payment_attempt')
    .select(columns)
    .where('person_id', '=', person)
    .where('form_key', '=', key)
    .executeTakeFirst();
  return row ? attemptFrom(row) : null;
}

/** What is still under way for the same: an account's balance, or something that is sold. */
export async function underWay(db: Db, paidFor: { kind: string; id: string; account_id: string | null }) {
  const sold = paidFor.kind === 'order' || paidFor.kind === 'prebuy';
  const rows = await db
    .selectFrom('payment_attempt')
    .select(columns)
    .where('state', 'in', ['begun', 'offered'])
    .$if(sold, (query) => query.where('subject_id', '=', paidFor.id))
    .$if(!sold, (query) => query.where('account_id', '=', paidFor.account_id))
    .execute();
  return rows.map(attemptFrom);
}

/** Asks the provider how an attempt stands, and keeps what it says: once, however often it is asked. */
export async function lookAfter(
  db: Db,
  provider: PaymentProvider,
  attempt: { id: string; checkout: string; provider: string },
  today: string
): Promise<AttemptState | null> {
  if (attempt.provider !== provider.name) return null;
  return keepWord(db, attempt, await provider.look(attempt.checkout), today);
}

/** Keeps the provider's word about an attempt. */
export async function keepWord(
  db: Db,
  { id, checkout }: { id: string; checkout: string },
  { state, amount, currency }: CheckoutState,
  today: string
) {
  const { rows } = await sql<{ state: AttemptState | null }>`
    select settle_payment_attempt(${id}, ${checkout}, ${state}, ${String(amount)}::bigint, ${currency}, ${today}::date)
      as state`.execute(db);
  return rows[0]?.state ?? null;
}

const attemptFrom = <Row extends { amount: string }>({ amount, ...row }: Row) => ({
  ...row,
  amount: BigInt(amount)
});
