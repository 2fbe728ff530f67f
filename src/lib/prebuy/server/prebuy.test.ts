/** Bought ahead: held while it is paid, never oversold, seen by whom it belongs to, and paid back when it is ended. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import type { Somebody } from '../../../../tests/support/makers.ts';
import { prebuysOn } from '../../../../tests/support/prebuys.ts';
import { system, type Staff } from '#lib/platform/actor.ts';
import { buyAheadAtDesk } from './at-desk.ts';
import { buyAhead, countPrebuyPayments } from './buying.ts';
import { offerPrebuy, withdrawPrebuy } from './offers.ts';
import { endPrebuyEarly, handOnPrebuy, prebuyRefundsWaiting, prebuysOf } from './queries.ts';

const on = await prebuysOn(await freshDatabase());
const { sql, aMember, sam, grace, today, database, worker, sent, jobs, watch } = on;
const { aBuyer, anOffer, offerOf, onSale, hold, begin, settle, buy, order, leftOf, ledger } = on;
afterAll(on.close);

test('what is paid is bought once, told, and shown; twice clicked it is one purchase', async () => {
  const buyer = await aBuyer();
  const offer = await anOffer();
  const key = randomUUID();
  const [id, same] = await Promise.all([hold(buyer, offer, 3, key), hold(buyer, offer, 3, key)]);
  expect(same).toBe(id);
  await expect(hold(buyer, offer, 4, key)).rejects.toMatchObject({ words: 'prebuy.key_used' });
  expect(await leftOf(buyer)).toBe(0);
  await settle(buyer, await begin(buyer, id));
  await Promise.all([
    countPrebuyPayments(buyer.db, id),
    jobs['orders.prebuy_paid'](worker.as(system), { id }),
    countPrebuyPayments(buyer.db, id)
  ]);
  expect([await leftOf(buyer), await ledger(id)]).toEqual([3, 3]);
  const [shown] = await prebuysOf(buyer.db, buyer.account, 'en');
  expect(shown).toMatchObject({ state: 'bought', quantity: 3, amount: 4500n, left_over: 3 });
  expect(await sql('select 1 from payment where account_id = $1', [buyer.account])).toEqual([]);
  await expect(begin(buyer, id)).rejects.toMatchObject({ words: 'prebuy.nothing_to_pay' });

  await jobs['orders.tell_prebuy'](worker.as(system), { id, what: 'bought' });
  await jobs['orders.tell_prebuy'](worker.as(system), { id, what: 'bought' });
  const told = sent.filter(({ to }) => to === buyer.who.email);
  expect(told).toHaveLength(1);
  expect(told[0]?.text).toContain('$45.00');
});

test('an offer is made once, however often its form is sent', async () => {
  const made = { ...{ key: randomUUID(), product: 'CYL-20', currency: 'USD' }, offer: offerOf() };
  const offers = () => sql('select 1 from prebuy_offer where form_key = $1', [made.key]);
  const offer = (change: object = {}) => offerPrebuy(database.as(sam), sam, { ...made, ...change });
  await Promise.all([offer(), offer()]);
  await offer();
  await expect(offer({ currency: 'CAD' })).rejects.toMatchObject({ words: 'errors.form_used' });
  expect(await offers()).toHaveLength(1);
});

test('two who want the last ones at once: one gets them; and nobody more than one customer gets', async () => {
  const [one, other] = [await aBuyer(), await aBuyer()];
  const offer = await anOffer(3, 4);
  const [first, second] = await Promise.allSettled([hold(one, offer, 3), hold(other, offer, 3)]);
  expect([first.status, second.status].toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = first.status === 'rejected' ? first : second;
  expect(refused).toMatchObject({ reason: { words: 'prebuy.just_sold' } });
  const winner = first.status === 'fulfilled' ? one : other;
  await expect(hold(winner, offer, 1)).rejects.toMatchObject({ words: 'prebuy.had_all' });
  const twice = await anOffer(3, 100);
  const both = await Promise.allSettled([hold(one, twice, 2), hold(one, twice, 2)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('nobody sees, pays for or uses what is not theirs; the ledger takes no line from a page', async () => {
  const [buyer, stranger, viewer] = [await aBuyer(), await aBuyer(), await aBuyer()];
  const offer = await anOffer();
  const id = await buy(buyer, offer, 2);
  await aMember(buyer.account, viewer.who, 'authorised', 'view');
  expect(await prebuysOf(stranger.db, buyer.account, 'en')).toEqual([]);
  expect(await prebuysOf(viewer.db, buyer.account, 'en')).toHaveLength(1);
  const held = await hold(buyer, offer, 1);
  for (const who of [stranger, viewer])
    await expect(begin(who, held)).rejects.toMatchObject({ words: 'errors.missing' });
  for (const who of [stranger, viewer])
    await expect(
      buyAhead(who.db, who.who, {
        ...{ key: randomUUID(), account: buyer.account, units: 1 },
        offer: await onSale(buyer, offer)
      })
    ).rejects.toThrow(/row-level security/);
  await order(stranger, 1, 2199n);
  expect(await ledger(id)).toBe(2);
  await expect(
    buyer.db.insertInto('prebuy_move').values({ prebuy_id: id, kind: 'bought', change: 5 }).execute()
  ).rejects.toThrow(/permission denied/);
  await expect(
    buyer.db.updateTable('prebuy').set({ left_over: 2 }).where('id', '=', id).execute()
  ).rejects.toThrow(/permission denied/);
  await expect(sql('update prebuy_move set change = 9 where prebuy_id = $1', [id])).rejects.toMatchObject({
    constraint: 'prebuy_move_stays'
  });
});

test('only supervisors offer it; an offer taken back sells no more', async () => {
  const buyer = await aBuyer();
  const offer = await anOffer();
  const one = await onSale(buyer, offer);
  await expect(withdrawPrebuy(database.as(grace), grace, offer)).rejects.toMatchObject({ kind: 'missing' });
  await withdrawPrebuy(database.as(sam), sam, offer);
  const purchase = { key: randomUUID(), account: buyer.account, offer: one, units: 1 };
  await expect(buyAhead(buyer.db, buyer.who, purchase)).rejects.toMatchObject({ words: 'prebuy.not_sold' });
});

test('what nobody pays for is for others again; money that comes later buys it still, or is owed back', async () => {
  const [one, other] = [await aBuyer(), await aBuyer()];
  const offer = await anOffer(4, 4);
  const id = await hold(one, offer, 4);
  const attempt = await begin(one, id);
  await sql(`update prebuy set created_at = now() - interval '2 hours' where id = $1`, [id]);
  await watch();
  // While somebody is paying it stays theirs.
  expect(await onSale(other, offer)).toMatchObject({ left_total: 0 });
  await sql(`update payment_attempt set state = 'expired', ended_at = now() where id = $1`, [attempt.id]);
  await watch();
  expect(await onSale(other, offer)).toMatchObject({ left_total: 4 });

  const late = await hold(other, offer, 3);
  await settle(one, attempt);
  await countPrebuyPayments(one.db, id);
  expect(await prebuysOf(one.db, one.account, 'en')).toMatchObject([
    { state: 'lapsed', left_over: 0, refunds: [{ why: 'late', amount: 6000n }] }
  ]);
  await settle(other, await begin(other, late));
  await countPrebuyPayments(other.db, late);
  expect(await leftOf(other)).toBe(3);
});

test('a supervisor ends it before its day, and whoever has something left is not forgotten before', async () => {
  const buyer = await aBuyer();
  const id = await buy(buyer, await anOffer(), 2);
  const waits = async () =>
    (
      await sql<{ w: string[] }>(
        `select closing_waits_for($1) as w from set_config('app.role', 'system', false)`,
        [buyer.who.id]
      )
    )[0]?.w;
  expect(await waits()).toEqual(['order']);
  const end = (staff: Somebody & Staff, of: string[]) =>
    endPrebuyEarly(database.as(staff), staff, { id, of, today });
  await expect(end(grace, [buyer.account])).rejects.toMatchObject({ words: 'prebuy.end_forbidden' });
  await expect(end(sam, [randomUUID()])).rejects.toMatchObject({ kind: 'missing' });
  await end(sam, [buyer.account]);
  await end(sam, [buyer.account]);
  const [owed] = (await prebuyRefundsWaiting(database.as(sam), sam)).filter(
    ({ person_id }) => person_id === buyer.who.id
  );
  expect(owed).toMatchObject({ amount: 3000n });
  expect(await waits()).toEqual(['order']);
  await handOnPrebuy(database.as(sam), sam, owed?.id ?? '');
  expect(await waits()).toEqual([]);
  // What was paid back to one stands with nobody else, whoever looks.
  const other = await aBuyer();
  expect(await prebuysOf(database.as(sam), buyer.account, 'en')).toHaveLength(1);
  expect(await prebuysOf(database.as(sam), other.account, 'en')).toEqual([]);
});

test('the desk buys ahead for a customer with the payment in hand: once, for whoever may act, and never more than there is', async () => {
  const [buyer, viewer] = [await aBuyer(), await aBuyer()];
  await aMember(buyer.account, viewer.who, 'authorised', 'view');
  const offer = await onSale(buyer, await anOffer(10, 10));
  await hold(await aBuyer(), offer.id, 6);
  const key = randomUUID();
  const bought = (change: object = {}) =>
    buyAheadAtDesk(database.as(grace), grace, {
      ...{ key, account: buyer.account, customer: buyer.who.id, offer, units: 3 },
      paid: { method: 'cheque', number: '1042' },
      ...change
    });
  const [id, same] = await Promise.all([bought(), bought()]);
  expect(same).toBe(id);
  expect([await leftOf(buyer), await ledger(id)]).toEqual([3, 3]);
  expect(
    await sql('select method, number, amount::int, made_by from prebuy_payment where prebuy_id = $1', [id])
  ).toEqual([{ method: 'cheque', number: '1042', amount: 4500, made_by: grace.id }]);
  await jobs['orders.tell_prebuy'](worker.as(system), { id, what: 'bought' });
  expect(sent.filter(({ to }) => to === buyer.who.email)).toHaveLength(1);

  await expect(bought({ units: 2 })).rejects.toMatchObject({ words: 'prebuy.key_used' });
  // Refused, it holds nothing.
  await expect(bought({ key: randomUUID(), units: 2 })).rejects.toMatchObject({ words: 'prebuy.just_sold' });
  await expect(bought({ key: randomUUID(), units: 1, customer: viewer.who.id })).rejects.toThrow(
    'row-level security'
  );
  await expect(
    buyAheadAtDesk(buyer.db, buyer.who, {
      ...{ key: randomUUID(), account: buyer.account, customer: buyer.who.id, offer, units: 1 },
      paid: { method: 'cash', number: null }
    })
  ).rejects.toMatchObject({ kind: 'missing' });
  await expect(sql('select note_prebuy_payment($1, $2, null)', [id, 'cash'])).rejects.toThrow();
  expect(await onSale(buyer, offer.id)).toMatchObject({ left_total: 1 });
});
