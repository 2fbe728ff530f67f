/** What the bot says of one's own account is what stands there. */
import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { makersOn } from '../../../../tests/support/makers.ts';
import { ordersOn } from '../../../../tests/support/orders.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { placeOrder } from '#lib/orders/server/ordering.ts';
import { replyToRequest } from '#lib/requests/server/messages.ts';
import { bookVisit } from '#lib/requests/server/transitions.ts';
import { tellFact } from './facts.ts';

const urls = await freshDatabase();
const { aPerson, aRequest, sql } = await makersOn(urls.owner);
const { home, slot, receive } = await ordersOn(sql);
const database = openDatabase(urls.web, 'hearth_web');
afterAll(() => database.close());
const en = wordsFor('en');
const today = new Date().toISOString().slice(0, 10);
const inDays = (days: number) => Temporal.PlainDate.from(today).add({ days }).toString();

test('a visit that is booked is told, also while we wait for the customer’s answer', async () => {
  const ben = await aPerson();
  const grace = await aPerson('agent');
  const { reference } = await aRequest(ben);
  const visit = { visit_on: inDays(3), visit_from: '08:00', visit_to: '12:00' };
  await bookVisit(database.as(grace), grace, reference, { ...visit, seen: 99, today });
  const question = {
    key: randomUUID(),
    text: 'Which door is it?',
    attachments: [],
    then: 'waiting' as const
  };
  await replyToRequest(database.as(grace), grace, reference, question);
  const told = await tellFact(database.as(ben), ben, 'visit', en);
  expect(told.text).toContain(reference);
  expect(told.text).toMatch(/8:00.*12:00/);
  expect(told.action?.href).toBe(`/requests/${reference}`);
});

test('what is brought is told with its day, what comes first is told first', async () => {
  const ada = await aPerson();
  const place = await home(ada.id);
  await receive('CYL-20', 5);
  const reference = await placeOrder(database.as(ada), ada, {
    ...{ key: randomUUID(), account: place.account, to: place.to, skill: 'cylinder_delivery' },
    ...{ slot: await slot(50), lines: [{ product: 'CYL-20', quantity: 1, empties: 1 }] },
    ...{ currency: 'USD', total: 2199n, pays: 'on_delivery' as const, access_notes: '', today, locale: 'en' }
  });
  const told = await tellFact(database.as(ada), ada, 'visit', en);
  expect(told.text).toContain(reference);
  expect(told.action).toEqual({ href: `/orders/${reference}`, label: en('bot.follow_order') });

  const request = await aRequest(ada);
  await sql(`insert into visit (request_id, on_day, from_time, to_time) values ($1, $2, '08:00', '12:00')`, [
    request.id,
    today
  ]);
  expect((await tellFact(database.as(ada), ada, 'visit', en)).text).toContain(request.reference);
});
