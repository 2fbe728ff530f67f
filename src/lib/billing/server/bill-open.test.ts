/** What is open of a bill: one rule, said once by `settle` and once by the database. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { billedTown } from '../../../../tests/support/billed.ts';
import { settle } from '../settle.ts';

const { sql, today, day, anAccount, aBill, pay } = await billedTown();

test('what is open of a bill is the same in the database as by the rule, whatever is paid for which', async () => {
  const payment = fc.tuple(
    fc.integer({ min: -4000, max: 9000 }).filter(Boolean),
    fc.option(fc.nat({ max: 3 }))
  );
  await fc.assert(
    fc.asyncProperty(fc.array(payment, { maxLength: 7 }), async (money) => {
      const { account, number } = await anAccount();
      const bills = [
        { issued: -100, total: 5000 },
        { issued: -70, total: -1200 },
        { issued: -40, total: 8000 },
        { issued: -10, total: 3000 }
      ];
      const ids: string[] = [];
      for (const [nth, bill] of bills.entries())
        ids.push(await aBill(account, `B-${number}-${nth}`, { ...bill, due: bill.issued + 20 }));
      for (const [amount, of] of money)
        await pay(account, amount, 'settled', 0, of === null ? null : (ids[of] ?? null));
      const rule = settle(
        bills.map((bill, nth) => ({
          ...{ id: ids[nth] ?? '', total: BigInt(bill.total) },
          ...{ issued_on: day(bill.issued), due_on: day(0) }
        })),
        money.map(([amount, of]) => ({
          ...{ amount: BigInt(amount), paid_on: today },
          bill_id: of === null ? null : (ids[of] ?? null)
        }))
      ).map(({ open }) => String(open));
      const held = await sql<{ open: string }>(
        'select bill_open(id)::text as open from unnest($1::uuid[]) with ordinality as b(id, nth) order by nth',
        [ids]
      );
      expect(held.map(({ open }) => open)).toEqual(rule);
    }),
    { numRuns: 40 }
  );
});
