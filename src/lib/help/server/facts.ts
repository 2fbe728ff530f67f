/** What the bot may say of somebody's own account: only what the pages they may open say as well. */
import { isCustomer, type Actor, type PersonActor } from '#lib/platform/actor.ts';
import { writeDate } from '#lib/platform/dates.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { config } from '#lib/platform/server/runtime.ts';
import type { Words } from '#lib/platform/words.ts';
import { chosenAccount } from '#lib/accounts/server/queries.ts';
import { believed, metersOf, readingsOf } from '#lib/accounts/server/readings.ts';
import { formatMoney } from '#lib/billing/money.ts';
import { readBills } from '#lib/billing/server/queries.ts';
import { listRequests } from '#lib/requests/server/customer-list.ts';
import { dayAt, sayDay, tellStatus } from '#lib/requests/status-text.ts';
import { ordersOf } from '#lib/orders/server/queries.ts';
import { writeHours } from '#lib/slots/hours.ts';
import type { Fact } from '../questions.ts';

/** What is told, where it stands, and the step that follows. */
export type Told = { text: string; source: Way; action: Way | null };

/** A page of ours by what it is called. */
export type Way = { href: string; label: string };

/** A fact in a sentence; a visitor is told how to get at theirs. */
export async function tellFact(db: Db, actor: Actor, fact: Fact, t: Words): Promise<Told> {
  if (!isCustomer(actor)) {
    const way = { href: '/sign-in', label: t('bot.sign_in') };
    return { text: t('bot.sign_in_first'), source: way, action: way };
  }
  return tellers[fact](db, actor, t);
}

const tellers: Record<Fact, (db: Db, actor: PersonActor, t: Words) => Promise<Told>> = {
  owed: tellOwed,
  request: tellRequest,
  visit: tellVisit,
  reading: tellReading
};

async function tellOwed(db: Db, actor: PersonActor, t: Words): Promise<Told> {
  const { account } = await chosenAccount(db, actor, null);
  const source = { href: '/bills', label: t('bot.bills') };
  if (!account) return { text: t('bot.no_account'), source, action: null };
  const { bills, balance } = await readBills(db, account.id);
  const currency = bills[0]?.currency;
  if (!currency || balance <= 0n)
    return { text: t('bot.owes_nothing', { account: account.number }), source, action: null };
  const first = bills.findLast(({ open }) => open > 0n);
  const amount = formatMoney(balance, currency, t.locale);
  if (!first) return { text: t('bot.owes', { account: account.number, amount }), source, action: null };
  return {
    text: t('bot.owes_by', { account: account.number, amount, date: writeDate(first.due_on, t.locale) }),
    source,
    action: { href: `/bills/${first.number}#pay`, label: t('bot.pay') }
  };
}

async function tellRequest(db: Db, _actor: PersonActor, t: Words): Promise<Told> {
  const [newest] = await openRequests(db);
  const source = { href: '/requests', label: t('bot.requests') };
  if (!newest)
    return { text: t('bot.no_request'), source, action: { href: '/requests/new', label: t('bot.ask') } };
  return {
    text: t('bot.request', {
      reference: newest.reference,
      status: tellStatus(newest, t, config.timeZone, new Date())
    }),
    source,
    action: { href: `/requests/${newest.reference}`, label: t('bot.follow') }
  };
}

/** What comes next of all that is booked: a visit, whatever the request waits for meanwhile, or an order. */
async function tellVisit(db: Db, actor: PersonActor, t: Words): Promise<Told> {
  const today = dayAt(new Date(), config.timeZone);
  const [next] = [...(await visitsToCome(db)), ...(await ordersToCome(db, actor))]
    .filter(({ on_day }) => on_day >= today)
    .sort((one, other) => (one.on_day < other.on_day ? -1 : 1));
  const source = { href: '/requests', label: t('bot.requests') };
  if (!next) return { text: t('bot.no_visit'), source, action: null };
  const { reference, on_day, from_time, to_time } = next;
  const when = { day: sayDay(on_day, t, today), hours: writeHours(from_time, to_time, t.locale) };
  if (next.what === 'order') {
    const way = { href: `/orders/${reference}`, label: t('bot.follow_order') };
    return { text: t('bot.delivery', { reference, ...when }), source: way, action: way };
  }
  return {
    text: t('bot.visit', { reference, ...when }),
    source,
    action: { href: `/requests/${reference}`, label: t('bot.to_visit') }
  };
}

async function visitsToCome(db: Db) {
  const requests = await openRequests(db);
  if (requests.length === 0) return [];
  const visits = await db
    .selectFrom('visit')
    .select(['request_id', 'on_day', 'from_time', 'to_time'])
    .where('ended_at', 'is', null)
    .where(
      'request_id',
      'in',
      requests.map(({ id }) => id)
    )
    .execute();
  return visits.map(({ request_id, ...when }) => ({
    ...when,
    what: 'visit' as const,
    reference: requests.find(({ id }) => id === request_id)?.reference ?? ''
  }));
}

async function ordersToCome(db: Db, actor: PersonActor) {
  const { account } = await chosenAccount(db, actor, null);
  const orders = account ? await ordersOf(db, account.id, 20) : [];
  return orders.flatMap(({ reference, slot, held_until, ended_at }) =>
    slot && held_until === null && ended_at === null ? [{ ...slot, what: 'order' as const, reference }] : []
  );
}

async function tellReading(db: Db, actor: PersonActor, t: Words): Promise<Told> {
  const { account } = await chosenAccount(db, actor, null);
  const [meter] = account ? await metersOf(db, account.id) : [];
  const source = { href: '/readings', label: t('bot.readings') };
  const last = meter && believed(await readingsOf(db, meter.id)).at(-1);
  const action =
    meter && account?.scope === 'act' ? { href: '/readings', label: t('bot.give_reading') } : null;
  if (!last) return { text: t('bot.no_reading'), source, action };
  const date = writeDate(last.read_on, t.locale);
  return { text: t('bot.reading', { digits: last.digits, serial: meter.serial, date }), source, action };
}

const openRequests = async (db: Db) =>
  (await listRequests(db, { show: 'open', search: '', page: 1 })).requests;
