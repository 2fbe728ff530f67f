/** Quantities and days as a bill writes them, in a language. */
import { dateWriter } from '#lib/platform/dates.ts';

/** Thousandths as a number in writing: `writeQuantity(1_122_063n, 'en')` is “1,122.063”, `40_000n` “40”. */
export const writeQuantity = (thousandths: bigint, locale: string, most = 3): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: most }).format(Number(thousandths) / 1000);

/** A day without a zone (`2026-02-01`) as “Feb 1, 2026”. */
export const writeDate = (day: string, locale: string): string =>
  medium(locale, 'UTC').format(new Date(`${day}T00:00:00Z`));

/** A month of a day as “Feb 2026”. */
export const writeMonth = (day: string, locale: string): string =>
  month(locale, 'UTC').format(new Date(`${day}T00:00:00Z`));

const medium = dateWriter({ dateStyle: 'medium' });
const month = dateWriter({ month: 'short', year: 'numeric' });
