/** The demo's provider of payments: it keeps books of its own, and its page asks for a yes or a no, never for a card. */
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { CardPageState } from '#lib/billing/card.ts';
import type { PaymentProvider } from '../paying.ts';

export const demoProvider = (db: Db, origin: string): PaymentProvider => ({
  name: 'demo',

  async open({ attemptId, reference, amount, currency }) {
    await db
      .insertInto('demo_checkout')
      .values({ id: attemptId, amount: String(amount), currency })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    return { checkout: attemptId, url: `${origin}/payments/${reference}/demo` };
  },

  look: (checkout) => lookAt(db, checkout),

  async close(checkout) {
    await decideDemo(db, checkout, 'expired');
    await decideDemoCard(db, checkout, { state: 'expired' });
  },

  async askCard({ cardId, returnUrl }) {
    await db
      .insertInto('demo_card')
      .values({ id: cardId })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    return { checkout: cardId, url: returnUrl.replace('/autopay?', '/autopay/demo?') };
  },

  async lookCard(checkout) {
    const { state, pays } = await db
      .selectFrom('demo_card')
      .select(['state', 'pays'])
      .where('id', '=', checkout)
      .executeTakeFirstOrThrow();
    if (state !== 'kept') return { state, card: null };
    return { state, card: { payer: 'demo', card_name: checkout, ...madeUp(pays) } };
  },

  async charge({ attemptId, amount, currency, card }) {
    const { pays } = await db
      .selectFrom('demo_card')
      .select('pays')
      .where('id', '=', card)
      .executeTakeFirstOrThrow();
    await db
      .insertInto('demo_checkout')
      .values({ id: attemptId, amount: String(amount), currency, state: pays ? 'paid' : 'refused' })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    return charged(db, attemptId);
  },

  async findCharge({ attemptId }) {
    const known = await db
      .selectFrom('demo_checkout')
      .select('id')
      .where('id', '=', attemptId)
      .executeTakeFirst();
    return known ? charged(db, attemptId) : null;
  },

  // Its cards are made up: there is nothing to keep of them.
  forget: () => Promise.resolve(),
  told: () => refuse('missing', 'errors.missing')
});

const charged = async (db: Db, attemptId: string) => ({
  ...(await lookAt(db, attemptId)),
  checkout: attemptId
});

async function lookAt(db: Db, checkout: string) {
  const { amount, ...rest } = await db
    .selectFrom('demo_checkout')
    .select(['state', 'amount', 'currency'])
    .where('id', '=', checkout)
    .executeTakeFirstOrThrow();
  return { ...rest, amount: BigInt(amount) };
}

/** Two cards that nobody has: one that pays, and one that is refused whenever it is charged. */
const madeUp = (pays: boolean) => ({
  ...{ brand: pays ? 'visa' : 'mastercard', last_four: pays ? '4242' : '0341' },
  valid_until: '2031-12-31'
});

/** Which made-up card somebody chooses on the demo's page, or none. The first word counts. */
export async function decideDemoCard(
  db: Db,
  card: string,
  said: { state: Exclude<CardPageState, 'open'>; pays?: boolean }
) {
  await db.updateTable('demo_card').set(said).where('id', '=', card).where('state', '=', 'open').execute();
}

/** What somebody decides on the demo's page. The first word counts. */
export async function decideDemo(db: Db, checkout: string, state: 'paid' | 'refused' | 'expired') {
  await db
    .updateTable('demo_checkout')
    .set({ state })
    .where('id', '=', checkout)
    .where('state', '=', 'open')
    .execute();
}
