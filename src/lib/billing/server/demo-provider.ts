/** The demo's provider of payments: it keeps books of its own, and its page asks for a yes or a no, never for a card. */
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
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

  async look(checkout) {
    const { amount, ...rest } = await db
      .selectFrom('demo_checkout')
      .select(['state', 'amount', 'currency'])
      .where('id', '=', checkout)
      .executeTakeFirstOrThrow();
    return { ...rest, amount: BigInt(amount) };
  },

  close: (checkout) => decideDemo(db, checkout, 'expired'),
  told: () => refuse('missing', 'errors.missing')
});

/** What somebody decides on the demo's page. The first word counts. */
export async function decideDemo(db: Db, checkout: string, state: 'paid' | 'refused' | 'expired') {
  await db
    .updateTable('demo_checkout')
    .set({ state })
    .where('id', '=', checkout)
    .where('state', '=', 'open')
    .execute();
}
