/** What a caller can ask about: the latest bills and readings of their accounts, one of which a call is attached to. */
import { metersOf, readingsOf } from '#lib/accounts/server/readings.ts';
import { newestBills } from '#lib/billing/server/queries.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Attached } from '#lib/requests/server/about.ts';

const billsShown = 6;
const readingsShown = 2;

/** `value` is what the form sends; the account is checked against the place that the call is about. */
export type Askable = Awaited<ReturnType<typeof askableOf>>[number];

export async function askableOf(db: Db, accounts: readonly { id: string }[]) {
  const each = await Promise.all(
    accounts.map(async ({ id: account }) => {
      const [bills, readings] = await Promise.all([
        newestBills(db, account, billsShown),
        latestReadings(db, account)
      ]);
      return [
        ...bills.map(({ id, number, issued_on, total, currency }) => ({
          ...{ kind: 'bill' as const, value: `bill:${id}`, account, id },
          ...{ number, issued_on, total, currency }
        })),
        ...readings.map(({ id, serial, digits, read_on }) => ({
          ...{ kind: 'reading' as const, value: `reading:${id}`, account, id },
          ...{ serial, digits, read_on }
        }))
      ];
    })
  );
  return each.flat();
}

export const attachedFrom = ({ kind, id }: Askable): Attached =>
  kind === 'bill' ? { bill_id: id } : { reading_id: id };

async function latestReadings(db: Db, account: string) {
  const meters = await metersOf(db, account);
  const readings = await Promise.all(
    meters.map(async ({ id, serial }) =>
      (await readingsOf(db, id, readingsShown)).map((reading) => ({ ...reading, serial }))
    )
  );
  return readings.flat();
}
