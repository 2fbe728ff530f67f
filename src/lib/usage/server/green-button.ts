/** The Green Button file of an account: its bills and their lines, as the standard names them. */
import { createHash } from 'node:crypto';
import { linesOfBill, type readBills } from '#lib/billing/server/queries.ts';
import { keyOfDigest } from '#lib/platform/posted.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import { greenButton, type LineKind, type Period } from '../green-button.ts';

type Bill = Awaited<ReturnType<typeof readBills>>['bills'][number];

interface Setting {
  account: string;
  zone: string;
  now: Date;
  t: Words;
}

const kinds: Record<string, LineKind> = {
  standing: 'fee',
  gas: 'commodity',
  delivery: 'delivery',
  tax: 'tax'
};
/** ISO 4217 by number, as the standard has it. */
const currencies: Record<string, number> = { USD: 840, GBP: 826, INR: 356, EUR: 978, CAD: 124, AUD: 36 };

/** Null where nothing was billed in a unit and a currency that the standard knows. */
export async function greenButtonOf(db: Db, bills: readonly Bill[], { account, zone, now, t }: Setting) {
  const [newest] = bills;
  const unit = newest?.unit;
  const currency = newest && currencies[newest.currency];
  if (!newest || !currency || (unit !== 'therm' && unit !== 'kwh')) return null;

  const told = bills.filter((bill) => bill.unit === unit && bill.currency === newest.currency);
  return greenButton({
    idOf: (name) => keyOfDigest(createHash('sha256').update(name).digest('hex')),
    updated: `${now.toISOString().slice(0, 19)}Z`,
    title: t('usage.title'),
    point: account,
    unit,
    currency,
    zone: offsetsOf(zone, now),
    periods: await Promise.all(
      told.map(async (bill) => periodOf(bill, await linesOfBill(db, bill.id), zone, t))
    )
  });
}

/** Amounts are told in hundred-thousandths of the currency: a thousand for each cent. */
function periodOf(
  bill: Bill,
  lines: Awaited<ReturnType<typeof linesOfBill>>,
  zone: string,
  t: Words
): Period {
  const [start, end] = [secondsOf(bill.period_from, zone), secondsOf(dayAfter(bill.period_to), zone)];
  return {
    start,
    duration: end - start,
    quantity: bill.quantity ?? 0n,
    cost: bill.total * 1000n,
    estimated: bill.estimated,
    lines: lines.map(({ code, label, amount }) => ({
      note: label ?? t(`billing.line_${code}`),
      amount: amount * 1000n,
      kind: kinds[code] ?? 'other'
    }))
  };
}

/** When a local day begins, in seconds since 1970; also where clocks are moved at midnight. */
const secondsOf = (day: string, zone: string) =>
  Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds / 1000;

const dayAfter = (day: string) => Temporal.PlainDate.from(day).add({ days: 1 }).toString();

/** Standard time is the smaller offset of January and July, on either half of the earth. */
function offsetsOf(zone: string, now: Date) {
  const offsets = [1, 7].map(
    (month) =>
      Temporal.PlainDate.from({ year: now.getUTCFullYear(), month, day: 1 }).toZonedDateTime(zone)
        .offsetNanoseconds / 1e9
  );
  const offset = Math.min(...offsets);
  return { offset, summer: Math.max(...offsets) - offset };
}
