/** Eighteen months of readings, bills and payments for every home: cold winters, one doubled estimate, one in arrears. */
import { randomUUIDv7 } from 'node:crypto';
import { billLetters } from '#lib/billing/bill-letters.ts';
import { kilowattHours, therms } from '#lib/billing/consumption.ts';
import { linesOf, totalOf, type Tariff } from '#lib/billing/tariff.ts';
import { decimal } from '#lib/billing/money.ts';
import type { Config } from '#lib/platform/server/config.ts';
import type { Chance } from './chance.ts';

interface Home {
  account: { id: string; number: string };
  meter: { id: string; digits: number; installed_on: string };
}

interface Setting {
  homes: readonly Home[];
  now: Date;
  config: Pick<Config, 'jurisdiction' | 'currency' | 'timeZone'>;
}

const months = 18;

/** Mean temperature of each month in degrees Celsius, as in the north-east of the United States. */
export const usualTemperature = [-1, 0, 4, 10, 16, 21, 24, 23, 19, 12, 7, 2];

/** Rows of `reading`, `bill`, `bill_line`, `payment` and `bill_letter` for every home, by the clock of the town. */
export function makeBills({ homes, now, config }: Setting, luck: Chance) {
  const today = Temporal.PlainDate.from(
    new Intl.DateTimeFormat('sv-SE', { timeZone: config.timeZone }).format(now)
  );
  const weather = Array.from({ length: months + 1 }, () => luck.whole(-25, 25) / 10);
  const made = homes.map((home, index) => billsOfHome({ home, index, today, weather, config }, luck));
  return {
    readings: made.flatMap(({ readings }) => readings),
    bills: made.flatMap(({ bills }) => bills),
    lines: made.flatMap(({ lines }) => lines),
    payments: made.flatMap(({ payments }) => payments),
    letters: made.flatMap(({ bills }, index) => lettersOf(bills, index))
  };
}

/** The letters that have gone about them. Of Ada's newest bill none has: hers comes while somebody looks on. */
const lettersOf = (bills: readonly { id: string }[], index: number) =>
  bills
    .slice(0, index === 0 ? -1 : undefined)
    .flatMap(({ id }) => [...billLetters, 'paid'].map((kind) => ({ bill_id: id, kind })));

interface Reading {
  id: string;
  meter_id: string;
  read_on: string;
  digits: string;
  source: string;
  state: string;
}

interface HomeSetting {
  home: Home;
  index: number;
  today: Temporal.PlainDate;
  weather: readonly number[];
  config: Setting['config'];
}

function billsOfHome({ home, index, today, weather, config }: HomeSetting, luck: Chance) {
  const { account, meter } = home;
  const readings: Reading[] = [];
  const bills: { id: string; number: string }[] = [];
  const lines: object[] = [];
  const payments: object[] = [];
  const tariff = demoTariffs[config.jurisdiction];
  const habit = 0.7 + luck.next() * 0.7;
  // Bills of a home fall on the same day of each month, spread over the town.
  const firstRead = today.subtract({ months, days: 3 + (index % 24) });
  // What the register says, and what it is billed as: they differ after an estimate.
  let actual = luck.whole(1000, 60_000);
  let dial = actual;
  let owedBefore = 0n;

  const digitsOf = (value: number) =>
    String(Math.round(value) % 10 ** meter.digits).padStart(meter.digits, '0');
  const reading = (day: Temporal.PlainDate, source: string) => ({
    id: randomUUIDv7(),
    meter_id: meter.id,
    read_on: day.toString(),
    digits: digitsOf(dial),
    source,
    state: 'accepted'
  });
  if (firstRead.toString() < meter.installed_on) return { readings, bills, lines, payments };
  readings.push(reading(firstRead, 'utility'));

  for (let month = 1; month <= months; month += 1) {
    const [from, to] = [firstRead.add({ months: month - 1 }), firstRead.add({ months: month })];
    const degrees = (usualTemperature[to.month - 1] ?? 10) + (weather[month] ?? 0);
    const days = from.until(to, { largestUnit: 'day' }).days;
    const use = days * habit * (0.35 + Math.max(0, 17 - degrees) * 0.085) * unitsIn[config.jurisdiction];
    // Ada's fourteenth bill is the leak of money: an estimate twice as high as it should be.
    const isDoubled = index === 0 && month === 14;
    const estimated = isDoubled || (index !== 0 && luck.falls(0.06));
    const opening = digitsOf(dial);
    actual += use;
    // What was estimated too high is made good by the next reading, which counts from there.
    dial = Math.round(estimated ? dial + use * (isDoubled ? 2 : 1) : Math.max(actual, dial + 1));
    const closing = digitsOf(dial);
    readings.push(reading(to, estimated ? 'estimate' : luck.falls(0.25) ? 'customer' : 'utility'));

    const volume = BigInt((Number(closing) - Number(opening) + 10 ** meter.digits) % 10 ** meter.digits);
    const quantity = config.jurisdiction === 'US' ? therms(volume, 10_350n) : kilowattHours(volume, 395n);
    const charged = linesOf(tariff, { from: from.add({ days: 1 }), to, quantity });
    const issued = to.add({ days: 2 });
    // By the month that was read up to: two may be issued within one, after a February.
    const bill = {
      id: randomUUIDv7(),
      account_id: account.id,
      number: `${account.number.slice(-6)}-${String(to.year).slice(2)}${String(to.month).padStart(2, '0')}`,
      currency: config.currency,
      issued_on: issued.toString(),
      due_on: issued.add({ days: 21 }).toString(),
      period_from: from.add({ days: 1 }).toString(),
      period_to: to.toString(),
      total: String(totalOf(charged)),
      quantity: decimal(quantity, 3),
      unit: tariff.unit,
      meter_id: meter.id,
      opening,
      closing,
      estimated,
      temperature: degrees.toFixed(1)
    };
    if (issued.toString() > today.toString()) break;
    bills.push(bill);
    lines.push(
      ...charged.map((line, at) => ({
        bill_id: bill.id,
        number: at + 1,
        code: line.code,
        quantity: decimal(line.quantity, 3),
        unit: line.unit,
        rate: decimal(line.rate, 6),
        amount: String(line.amount)
      }))
    );
    owedBefore += totalOf(charged);

    const paidOn = issued.add({ days: luck.whole(3, 20) });
    if (paidOn.toString() > today.toString() || isUnpaid(index, month)) continue;
    // The fourth home has paid well ahead: it stands in credit also after its newest bill.
    const amount = index === 3 && month === months - 1 ? owedBefore + 2n * totalOf(charged) : owedBefore;
    payments.push({
      id: randomUUIDv7(),
      account_id: account.id,
      reference: `BANK-${account.number}-${month}`,
      amount: String(amount),
      currency: config.currency,
      method: luck.one(['bank', 'bank', 'card', 'direct_debit'] as const),
      state: 'settled',
      paid_on: paidOn.toString(),
      settled_at: `${paidOn.toString()}T12:00:00Z`
    });
    owedBefore = 0n;
  }
  return { readings, bills, lines, payments };
}

/** The third home is in arrears since four months, the sixth since three; Ada has not paid her last bill yet. */
const isUnpaid = (index: number, month: number) =>
  (index === 2 && month > 13) || (index === 5 && month > 15) || (index === 0 && month === months);

/** Units that the register counts for one unit of habit: hundred cubic feet, or cubic metres. */
const unitsIn: Record<Config['jurisdiction'], number> = { US: 1, UK: 2.8, IN: 0.9 };

/** A price in minor units as a tariff has it. */
const rate = (minor: number) => BigInt(Math.round(minor * 1_000_000));

/** Made-up prices of a believable size, raised once. In the US by the therm, elsewhere by the kilowatt hour. */
const demoTariffs: Record<Config['jurisdiction'], Tariff> = {
  US: {
    unit: 'therm',
    prices: [priced('2020-01-01', 38, 84, 46, 50_000n), priced('2026-07-01', 41, 91, 48, 50_000n)]
  },
  UK: {
    unit: 'kwh',
    prices: [priced('2020-01-01', 31, 4.1, 2.1, 50_000n), priced('2026-07-01', 32.5, 4.4, 2.2, 50_000n)]
  },
  IN: {
    unit: 'kwh',
    prices: [priced('2020-01-01', 150, 420, 95, 50_000n), priced('2026-07-01', 160, 450, 95, 50_000n)]
  }
};

function priced(from: string, standing: number, gas: number, delivery: number, tax: bigint) {
  return {
    from: Temporal.PlainDate.from(from),
    standing: rate(standing),
    tiers: [{ upTo: null, rate: rate(gas) }],
    delivery: rate(delivery),
    tax
  };
}
