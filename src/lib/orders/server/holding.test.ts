/** An order's hours are held while it is paid by card: then they are theirs, or somebody else's, and nobody is left in between. */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { payingOn } from '../../../../tests/support/paying-orders.ts';
import { getAttempt } from '#lib/payments/server/attempts.ts';
import { payAtDoor } from './holding.ts';
import { advance, cancelOrder, chooseSlot } from './transitions.ts';

const { aPerson, sql, slot, database, aCustomer, runOut, end, close } = await payingOn(await freshDatabase());
afterAll(close);
const sam = await aPerson('supervisor');
const letters = async (id: string) =>
  (
    await sql<{ kind: string }>(
      `select payload->>'kind' as kind from outbox where job = 'orders.tell_customer' and payload->>'orderId' = $1 order by id`,
      [id]
    )
  ).map(({ kind }) => kind);

test('while they pay nobody else has its place; paid, it is theirs, and only then they are told', async () => {
  const [ada, ben, only] = [await aCustomer(), await aCustomer(), await slot(1)];
  const reference = await ada.place(only);
  const held = await ada.order(reference);
  expect(held.held_until?.getTime()).toBeGreaterThan(Date.now() + 29 * 60_000);
  await expect(ben.place(only)).rejects.toMatchObject({ words: 'slots.slot_full' });
  const packed = advance(database.as(sam), sam, reference, 'packed');
  await expect(packed).rejects.toMatchObject({ words: 'orders.still_held' });
  expect(await letters(held.id)).toEqual([]);
  expect(
    await sql(
      `select run_at > hold_until and run_at <= hold_until + interval '1 second' as soon
               from outbox, slot_place where job = 'orders.end_hold' and subject_id = $1 and payload->>'orderId' = subject_id::text`,
      [held.id]
    )
  ).toEqual([{ soon: true }]);

  const attempt = await ada.begin(reference);
  await ada.agree(attempt);
  for (const _ of ['once', 'and again']) await ada.back(attempt, held.id);
  expect(await ada.order(reference)).toMatchObject({ status: 'placed', held_until: null, due: 0n });
  expect(await letters(held.id)).toEqual(['placed']);
  await end(held.id);
  expect(await ada.order(reference)).toMatchObject({ status: 'placed', slot: { id: only } });
  await advance(database.as(sam), sam, reference, 'packed');
});

test('to pay at the door makes it theirs too, once; nobody else says so, and nobody after the time is over', async () => {
  const [ada, eve, evening] = [await aCustomer(), await aCustomer(), await slot(2)];
  const [one, two] = [await ada.place(evening), await ada.place(evening)];
  await expect(payAtDoor(eve.db, eve.person, one)).rejects.toMatchObject({ kind: 'missing' });
  for (const _ of ['once', 'and again']) await payAtDoor(ada.db, ada.person, one);
  expect(await ada.order(one)).toMatchObject({ held_until: null, pays: 'on_delivery', status: 'placed' });
  expect(await letters((await ada.order(one)).id)).toEqual(['placed']);

  const { id } = await ada.order(two);
  await runOut(id);
  const late = { words: 'orders.hold_over' };
  await expect(payAtDoor(ada.db, ada.person, two)).rejects.toMatchObject(late);
  await expect(ada.begin(two)).rejects.toMatchObject(late);
  await expect(chooseSlot(ada.db, ada.person, two, await slot(2))).rejects.toMatchObject(late);
});

test('not paid in time it is called off and told, its stock and place are for others, and its page is shut', async () => {
  const [ada, only] = [await aCustomer(), await slot(1)];
  const reference = await ada.place(only);
  const { id } = await ada.order(reference);
  const attempt = await ada.begin(reference);
  await end(id);
  expect(await ada.order(reference)).toMatchObject({ status: 'placed' });
  const [before] = await sql<{ reserved: number }>('select reserved from stock');
  await runOut(id);
  await Promise.all([end(id), end(id)]);
  await end(id);
  expect(await ada.order(reference)).toMatchObject({ status: 'cancelled', why: 'unpaid', slot: null });
  expect(await sql('select reserved from stock')).toEqual([{ reserved: (before?.reserved ?? 0) - 1 }]);
  expect(await letters(id)).toEqual(['let_go']);
  expect(await getAttempt(ada.db, attempt)).toMatchObject({ state: 'expired' });
  await ada.agree(attempt);
  await ada.back(attempt, id);
  expect(await ada.order(reference)).toMatchObject({ paid: 0n });
  await ada.place(only, 'on_delivery');
});

test('what was paid in the last moment counts, though nobody had told us yet', async () => {
  const [ada, only] = [await aCustomer(), await slot(1)];
  const reference = await ada.place(only);
  const { id } = await ada.order(reference);
  await ada.agree(await ada.begin(reference));
  await runOut(id);
  await end(id);
  expect(await ada.order(reference)).toMatchObject({ status: 'placed', held_until: null, due: 0n });
});

test('money that comes when the place is somebody else’s keeps what they ordered, and they choose another time', async () => {
  const [ada, ben, only, other] = [await aCustomer(), await aCustomer(), await slot(1), await slot(1)];
  const reference = await ada.place(only);
  const { id } = await ada.order(reference);
  const attempt = await ada.begin(reference);
  await ada.agree(attempt);
  await runOut(id);
  await ben.place(only, 'on_delivery');
  // Their page may not say so; the worker does.
  await ada.back(attempt, id);
  expect(await ada.order(reference)).toMatchObject({ status: 'placed', paid: 0n, slot: null });
  await end(id);
  expect(await ada.order(reference)).toMatchObject({ status: 'missed', why: 'paid_late', due: 0n });
  expect(await letters(id)).toEqual(['paid_late']);
  await chooseSlot(ada.db, ada.person, reference, other);
  expect(await ada.order(reference)).toMatchObject({
    status: 'placed',
    held_until: null,
    slot: { id: other }
  });
});

test('another time is held until the same moment, and a full one leaves the first', async () => {
  const [ada, first, second, full] = [await aCustomer(), await slot(1), await slot(1), await slot(0)];
  const reference = await ada.place(first);
  const { held_until, id } = await ada.order(reference);
  await chooseSlot(ada.db, ada.person, reference, second);
  expect(await ada.order(reference)).toMatchObject({ held_until, slot: { id: second } });
  await expect(chooseSlot(ada.db, ada.person, reference, full)).rejects.toMatchObject({
    words: 'slots.slot_full'
  });
  expect(await ada.order(reference)).toMatchObject({ held_until, slot: { id: second } });
  expect(await letters(id)).toEqual([]);
  await cancelOrder(ada.db, ada.person, reference, 'customer');
  await end(id);
  expect(await ada.order(reference)).toMatchObject({ status: 'cancelled', why: 'customer' });
});
