/** Quantities as a bill writes them, in a language. */
import type { Words } from '#lib/platform/words.ts';
import type { LineUnit } from './bill.ts';

/** Thousandths as a number in writing: `writeQuantity(1_122_063n, 'en')` is “1,122.063”, `40_000n` “40”. */
export const writeQuantity = (thousandths: bigint, locale: string, most = 3): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: most }).format(Number(thousandths) / 1000);

/** So many thousandths of a unit, as “1 therm” or “40.5 therms”: what is written decides between one and many. */
export const tellQuantity = (t: Words, unit: LineUnit, thousandths: bigint, most = 3): string =>
  t(`billing.quantity_${unit}`, {
    quantity: writeQuantity(thousandths, t.locale, most),
    count: Number((Number(thousandths) / 1000).toFixed(most))
  });
