/** What buying ahead is tried on: an offer of its own for each test, buyers with a place, and the way from one to the other. */
import { randomUUID } from 'node:crypto';
import { getAttempt, lookAfter } from '#lib/payments/server/attempts.ts';
import { decideDemo, demoProvider } from '#lib/payments/server/demo-provider.ts';
import { placeOrder } from '#lib/orders/server/ordering.ts';
import { buyAhead, countPrebuyPayments, payPrebuy } from '#lib/prebuy/server/buying.ts';
import { prebuyJobs } from '#lib/prebuy/server/jobs.ts';
import { offerPrebuy, prebuysOnSale } from '#lib/prebuy/server/offers.ts';
import { leftAhead } from '#lib/prebuy/server/queries.ts';
import { system, type Customer, type Staff } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import type { Mail } from '#lib/platform/server/mail.ts';
import type { freshDatabase } from './database.ts';
import { makersOn, type Somebody } from './makers.ts';
import { ordersOn } from './orders.ts';

export async function prebuysOn(urls: Awaited<ReturnType<typeof freshDatabase>>) {
  const { aPerson, aMember, sql } = await makersOn(urls.owner);
  const { home, slot, receive, joined } = await ordersOn(sql);
  const database = openDatabase(urls.web, 'hearth_web', { size: 6 });
  const worker = openDatabase(urls.worker, 'hearth_worker', { size: 4 });
  const sam = { ...(await aPerson('supervisor')), role: 'supervisor' } as Somebody & Staff;
  const grace = { ...(await aPerson('agent')), role: 'agent' } as Somebody & Staff;
  const today = new Date().toISOString().slice(0, 10);
  const inDays = (days: number) => Temporal.PlainDate.from(today).add({ days }).toString();
  const week = await slot(90);
  await receive('CYL-20', 200);

  const sent: Mail[] = [];
  const post = { send: async (mail: Mail) => void sent.push(mail), close: () => {} };
  const head = {
    origin: 'https://h.example',
    utilityName: 'H',
    emergencyPhone: '911',
    timeZone: 'UTC',
    currency: 'USD'
  };
  const jobs = prebuyJobs(post, head);
  const watch = () => jobs['orders.watch_prebuys'](worker.as(system), {});

  async function aBuyer() {
    const who = { ...(await aPerson()), role: 'customer' } as Somebody & Customer;
    return { who, db: database.as(who), ...(await home(who.id)) };
  }
  type Buyer = Awaited<ReturnType<typeof aBuyer>>;

  const offerOf = (most_each = 10, most_total = 100, back_percent = 100) => ({
    ...{ unit_price: 1500n, sold_from: today, sold_until: inDays(30), good_until: inDays(90) },
    ...{ most_each, most_total, back_percent }
  });
  /** An offer of its own for each test; what is on sale of it to somebody. */
  async function anOffer(most_each = 10, most_total = 100, back_percent = 100) {
    const key = randomUUID();
    await offerPrebuy(database.as(sam), sam, {
      ...{ key, product: 'CYL-20', currency: 'USD' },
      offer: offerOf(most_each, most_total, back_percent)
    });
    const [made] = await sql<{ id: string }>('select id from prebuy_offer where form_key = $1', [key]);
    return made?.id ?? '';
  }
  async function onSale({ db, account }: Buyer, id: string) {
    const offers = await prebuysOnSale(
      db,
      { account, supply: null },
      { today, currency: 'USD', locale: 'en' }
    );
    return offers.find((offer) => offer.id === id) ?? Promise.reject(new Error('not on sale'));
  }
  const hold = async (buyer: Buyer, id: string, units: number, key: string = randomUUID()) =>
    buyAhead(buyer.db, buyer.who, { key, account: buyer.account, offer: await onSale(buyer, id), units });

  async function begin({ db, who }: Buyer, id: string) {
    const provider = demoProvider(db, 'http://here');
    const payment = { key: randomUUID(), locale: 'en', description: 'x', origin: 'http://here', today };
    const { reference } = await payPrebuy(db, who, provider, id, payment);
    return getAttempt(db, reference);
  }
  async function settle({ db }: Buyer, { id, checkout, provider }: Awaited<ReturnType<typeof begin>>) {
    await decideDemo(db, id, 'paid');
    await lookAfter(db, demoProvider(db, 'http://here'), { id, checkout: checkout ?? '', provider }, today);
  }
  async function buy(buyer: Buyer, offer: string, units: number) {
    const id = await hold(buyer, offer, units);
    await settle(buyer, await begin(buyer, id));
    await countPrebuyPayments(buyer.db, id);
    return id;
  }
  async function order(buyer: Buyer, quantity: number, total: bigint) {
    return placeOrder(buyer.db, buyer.who, {
      ...{
        key: randomUUID(),
        account: buyer.account,
        to: buyer.to,
        skill: 'cylinder_delivery',
        slot: week,
        total
      },
      ...{
        lines: [{ product: 'CYL-20', quantity, empties: quantity }],
        currency: 'USD',
        pays: 'on_delivery' as const
      },
      ...{ access_notes: '', today, locale: 'en' }
    });
  }
  const leftOf = async ({ db, account }: Buyer) => (await leftAhead(db, account, 'en'))[0]?.left ?? 0;
  /** What the ledger says, whatever the balance says. */
  const ledger = async (id: string) =>
    (await sql<{ sum: number }>('select sum(change)::int from prebuy_move where prebuy_id = $1', [id]))[0]
      ?.sum;

  const close = () => Promise.all([database.close(), worker.close()]);
  return {
    ...{ sql, aMember, sam, grace, today, database, worker, post, head, sent, jobs, watch, close },
    ...{ joined, aBuyer, anOffer, offerOf, onSale, hold, begin, settle, buy, order, leftOf, ledger }
  };
}
