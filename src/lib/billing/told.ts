/** A line of a bill, and why a bill differs, in words: the same on the page and on paper. Pure. */
import { writeMonth } from '#lib/platform/dates.ts';
import type { Words } from '#lib/platform/words.ts';
import type { LineCode, LineUnit } from './bill.ts';
import type { Difference } from './compare.ts';
import { degreesApart } from './degrees.ts';
import { formatMoney, minorDigits } from './money.ts';
import { tellQuantity } from './quantity.ts';

export interface BillLine {
  number: number;
  code: LineCode;
  label: string | null;
  quantity: bigint | null;
  unit: LineUnit | null;
  /** Of one unit, in minor units. */
  rate: string | null;
  amount: bigint;
}

export type DifferenceFrom = Difference & { period_to: string };

/** What a line is for. */
export const lineName = ({ label, code }: BillLine, t: Words) => label ?? t(`billing.line_${code}`);

/** How much of it at what price, as “89.1 therms at $0.91”; empty where the line does not say. */
export function lineDetail({ quantity, unit, rate }: BillLine, currency: string, t: Words): string {
  if (quantity === null || !unit) return '';
  const amount = tellQuantity(t, unit, quantity);
  return rate && unit !== 'percent'
    ? t('billing.at_rate', { quantity: amount, rate: writeRate(rate, currency, t.locale) })
    : amount;
}

/** The rate of one unit in major units, with as many places as it needs: “$0.4123”. */
const writeRate = (rate: string, currency: string, locale: string) =>
  new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: minorDigits(currency),
    maximumFractionDigits: 6
  }).format(Number(rate) / 10 ** minorDigits(currency));

/** Why this bill is more or less than an earlier one, in a sentence. */
export const whyDifferent = (
  from: DifferenceFrom,
  currency: string,
  t: Words,
  jurisdiction: string
): string =>
  t(`billing.why_${from.reason}`, {
    more: from.change > 0n ? 'yes' : 'no',
    amount: formatMoney(from.change < 0n ? -from.change : from.change, currency, t.locale),
    month: writeMonth(from.period_to, t.locale),
    use: Math.abs(from.use ?? 0),
    days: Math.abs(from.days),
    degrees: degreesApart(from.degrees ?? 0, jurisdiction)
  });
