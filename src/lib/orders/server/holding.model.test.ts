/** In whatever order people pay, wait and come too late: the counts agree at every step, and everybody ends somewhere. */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { payingOn } from '../../../../tests/support/paying-orders.ts';
import { getAttempt } from '#lib/payments/server/attempts.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { payAtDoor } from './holding.ts';
import { refundsOf } from './paying.ts';
import { cancelOrder } from './transitions.ts';

const { sql, slot, aCustomer, runOut, end, close } = await payingOn(await freshDatabase());
afterAll(close);

const step = fc.record({
  what: fc.constantFrom('place', 'begin', 'agree', 'back', 'door', 'run_out', 'end', 'cancel'),
  who: fc.nat(2)
});

test('in whatever order they pay, wait and come too late: no place is lost or given twice, and no money is kept for nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 2 }),
      fc.array(step, { minLength: 6, maxLength: 18 }),
      async (room, steps) => {
        const there = await slot(room);
        const people = [];
        for (let n = 0; n < 3; n++)
          people.push({ ...(await aCustomer()), reference: '', id: '', attempt: '' });
        for (const { what, who } of steps) {
          const one = people[who];
          if (!one) continue;
          try {
            if (what === 'place') {
              if (one.reference) continue;
              one.reference = await one.place(there);
              one.id = (await one.order(one.reference)).id;
            } else if (!one.reference) continue;
            else if (what === 'begin') one.attempt = await one.begin(one.reference);
            else if (what === 'agree' && one.attempt) await one.agree(one.attempt);
            else if (what === 'back' && one.attempt) await one.back(one.attempt, one.id);
            else if (what === 'door') await payAtDoor(one.db, one.person, one.reference);
            else if (what === 'run_out') await runOut(one.id);
            else if (what === 'end') await end(one.id);
            else if (what === 'cancel') await cancelOrder(one.db, one.person, one.reference, 'customer');
          } catch (problem) {
            if (!(problem instanceof Refusal)) throw problem;
          }
          await expectCounted(there, room);
        }
        for (const one of people.filter(({ reference }) => reference)) {
          await runOut(one.id);
          await end(one.id);
          const order = await one.order(one.reference);
          const back = (await refundsOf(one.db, one.id)).reduce((sum, { amount }) => sum + amount, 0n);
          expect(order.held_until).toBe(null);
          if (order.status === 'placed') {
            expect(order.slot).toMatchObject({ id: there });
            expect(order.due === 0n || order.pays === 'on_delivery').toBe(true);
          } else if (order.status === 'missed')
            expect(order).toMatchObject({ why: 'paid_late', due: 0n, slot: null });
          else {
            expect(order).toMatchObject({ status: 'cancelled', slot: null });
            expect(back).toBe(order.paid);
          }
          // Whatever was said on the provider's page before it was shut has been counted.
          if (one.attempt) {
            const { state } = await getAttempt(one.db, one.attempt);
            if (order.why === 'unpaid') expect(state).not.toBe('paid');
          }
        }
        await expectCounted(there, room);
      }
    ),
    { numRuns: 40 }
  );
}, 120_000);

async function expectCounted(there: string, room: number) {
  const [counted] = await sql<{ taken: number; sitting: number; promised: boolean }>(
    `select s.taken, (select count(*)::int from slot_place p where p.slot_id = s.id and p.state in ('held', 'taken')) as sitting,
            (select sum(l.quantity) from customer_order o join order_line l on l.order_id = o.id
             where o.status not in ('preordered', 'delivered', 'cancelled')) is not distinct from
            (select sum(reserved) from stock where reserved > 0) as promised
     from slot s where s.id = $1`,
    [there]
  );
  expect(counted?.taken).toBe(counted?.sitting);
  expect(counted?.taken).toBeLessThanOrEqual(room);
  expect(counted?.promised).toBe(true);
}
