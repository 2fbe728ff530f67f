/** People who order, and pay for it by card with the demo's provider: for what is tried on holding an order's time. */
import { randomUUID } from 'node:crypto';
import { getAttempt, lookAfter } from '#lib/payments/server/attempts.ts';
import { decideDemo, demoProvider } from '#lib/payments/server/demo-provider.ts';
import { system } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { orderJobs } from '#lib/orders/server/jobs.ts';
import { placeOrder } from '#lib/orders/server/ordering.ts';
import { countPayments, payOrder } from '#lib/orders/server/paying.ts';
import { getOrder } from '#lib/orders/server/queries.ts';
import type { freshDatabase } from './database.ts';
import { makersOn } from './makers.ts';
import { orderSettings, ordersOn } from './orders.ts';

/** A town where things are sold, with plenty of stock, and the worker's own hand. */
export async function payingOn(urls: Awaited<ReturnType<typeof freshDatabase>>) {
  const { aPerson, sql } = await makersOn(urls.owner);
  const { home, slot, receive } = await ordersOn(sql);
  const database = openDatabase(urls.web, 'hearth_web', { size: 4 });
  const worker = openDatabase(urls.worker, 'hearth_worker', { size: 2 });
  const today = new Date().toISOString().slice(0, 10);
  const jobs = orderJobs({ send: async () => {}, close: () => {} }, orderSettings);
  await receive('CYL-20', 400);

  /** Somebody with a home, and what they do about one order of theirs. */
  async function aCustomer() {
    const person = { ...(await aPerson()), role: 'customer' as const };
    const [db, place] = [database.as(person), await home(person.id)];
    const provider = demoProvider(db, 'http://here');
    const at = { locale: 'en', description: 'x', origin: 'http://here', today };
    return {
      person,
      db,
      place: (to: string, pays: 'card' | 'on_delivery' = 'card') =>
        placeOrder(db, person, {
          ...{
            key: randomUUID(),
            account: place.account,
            to: place.to,
            skill: 'cylinder_delivery',
            slot: to
          },
          ...{ lines: [{ product: 'CYL-20', quantity: 1, empties: 1 }], currency: 'USD', total: 2199n, pays },
          ...{ access_notes: '', today, locale: 'en' }
        }),
      order: (reference: string) => getOrder(db, person, reference),
      begin: async (reference: string) =>
        (await payOrder(db, person, provider, reference, { key: randomUUID(), ...at })).reference,
      /** They say yes on the provider's page. */
      async agree(attempt: string) {
        const { checkout } = await getAttempt(db, attempt);
        await decideDemo(db, checkout ?? '', 'paid');
      },
      /** And come back to ours. */
      async back(attempt: string, id: string) {
        const begun = await getAttempt(db, attempt);
        await lookAfter(db, provider, { ...begun, checkout: begun.checkout ?? '' }, today);
        await countPayments(db, id);
      }
    };
  }

  const runOut = (id: string) =>
    sql(
      `update slot_place set hold_until = now() - interval '1 second' where subject_id = $1 and state = 'held'`,
      [id]
    );
  const end = (orderId: string) => jobs['orders.end_hold'](worker.as(system), { orderId });

  const close = () => Promise.all([database.close(), worker.close()]);
  return { aPerson, sql, slot, database, aCustomer, runOut, end, close };
}
