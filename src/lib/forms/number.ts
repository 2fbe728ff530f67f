/** Numbers as people write them: 1200, 1,200.50, 1.200,50 and 1,20,000.50 all mean what they seem to mean. */
import { oneLine, plain } from '#lib/platform/cleaning.ts';
import type { Locale } from '#lib/platform/language.ts';
import type { NumberField } from './definition.ts';

/** What a number field asks for. Only money is counted in hundredths of nothing; only years always have four digits. */
export function meaningOf({ min, max, step, unit }: Omit<NumberField, 'kind'>): 'money' | 'year' | 'number' {
  if (unit) return 'number';
  if (step === 0.01) return 'money';
  return step === 1 && min !== undefined && max !== undefined && min >= 1000 && max <= 9999
    ? 'year'
    : 'number';
}

/** The number meant, or NaN when it is none. Three digits after a separator are thousands, fewer are a fraction. */
export function readNumber(typed: string): number {
  const decimal = decimalIn(plain(typed));
  return decimal === null ? NaN : Number(decimal);
}

/** The same for money: what `amountIn` says, as a number. */
export function readAmount(typed: string, currency: string | undefined): number {
  const decimal = amountIn(typed, currency);
  return decimal === null ? NaN : Number(decimal);
}

/**
 * The amount meant, as a plain decimal: “$1,025.50” is 1025.50. It may be written with the sign, the code or the name of
 * this currency, and of no other. Null when it is none, or may be two: “25.505” is a slip, or twenty-five thousand.
 */
export function amountIn(typed: string, currency: string | undefined): string | null {
  const text = oneLine(typed).toLowerCase();
  if (text.length > longestAmount) return null;
  const sign = currency && signsOf(currency).find((each) => text.startsWith(each) || text.endsWith(each));
  const figures = sign
    ? text.startsWith(sign)
      ? text.slice(sign.length)
      : text.slice(0, -sign.length)
    : text;
  return amountOf(figures.trim(), currency);
}

/** A number of this field as people read it: a year without a comma, money with its cents. */
export function writeNumber(field: Omit<NumberField, 'kind'>, number: number, locale: Locale): string {
  const meaning = meaningOf(field);
  const cents = meaning === 'money' && !Number.isInteger(number) ? { minimumFractionDigits: 2 } : {};
  return new Intl.NumberFormat(locale, { useGrouping: meaning === 'year' ? false : 'auto', ...cents }).format(
    number
  );
}

/** "US dollars", "dólares estadounidenses": a currency in the middle of a sentence. */
export const nameOfCurrency = (currency: string, locale: Locale): string =>
  signOf(currency, locale, 'name', 2);

/** The figures alone, as a plain decimal. */
function decimalIn(text: string): string | null {
  const figures = text.replace(/[\s']/g, '');
  for (const way of waysToWrite) {
    const [, sign, whole, fraction] = figures.match(way) ?? [];
    if (whole) return `${sign}${whole.replace(/[.,]/g, '')}.${fraction || '0'}`;
  }
  return null;
}

function amountOf(figures: string, currency: string | undefined): string | null {
  if (currency && countsThousandths(currency) && /^\d+[.,]\d{3}$/.test(figures))
    return figures.replace(',', '.');
  return mayBeTwo.some((way) => way.test(figures)) ? null : decimalIn(figures);
}

/** Longer than any amount with the name of its currency. */
const longestAmount = 100;

/** A point before three digits parts them in one country and groups them in another; a space only ever groups. */
const mayBeTwo = [/^-?\d{1,3}\.\d{3}$/, /\d[\s'](?!\d{3}(?!\d)|\d{2}[\s']\d)/];

const countsThousandths = (currency: string) =>
  (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
    2) > 2;

const waysToWrite = [
  /^(-?)([1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d+))?$/,
  /^(-?)([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?$/,
  /^(-?)([1-9]\d?(?:,\d{2})+,\d{3})(?:\.(\d+))?$/,
  /^(-?)(\d+)(?:[.,](\d*))?$/
];

/** What people write beside their money, longest first. */
function signsOf(currency: string): string[] {
  const known = ['en', 'es', 'en-US', 'es-US', 'en-GB', 'en-IN', 'hi', 'fr'].flatMap((locale) => [
    signOf(currency, locale, 'symbol', 1),
    signOf(currency, locale, 'narrowSymbol', 1),
    signOf(currency, locale, 'name', 1),
    signOf(currency, locale, 'name', 2)
  ]);
  return [...new Set([currency, ...known, ...(everyday[currency] ?? [])])]
    .map((sign) => sign.toLowerCase())
    .sort((one, other) => other.length - one.length);
}

/** What no standard says and everybody writes. */
const everyday: Record<string, string[]> = {
  USD: ['dollars', 'dollar', 'dólares', 'dólar', 'bucks'],
  GBP: ['pounds', 'pound', 'libras', 'libra'],
  INR: ['rupees', 'rupee', 'rupias', 'rupia', 'rs.', 'rs', '/-']
};

function signOf(
  currency: string,
  locale: string,
  currencyDisplay: 'symbol' | 'narrowSymbol' | 'name',
  of: number
) {
  const parts = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay }).formatToParts(
    of
  );
  return parts.find(({ type }) => type === 'currency')?.value ?? currency;
}
