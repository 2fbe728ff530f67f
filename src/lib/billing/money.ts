/** Money: whole minor units (cents, pence, paise) as `bigint`, with the ISO 4217 code of its currency. Never a float. */

/** How many minor units make one major unit, as a power of ten: 2 for USD, GBP and INR, 0 for JPY. */
export function minorDigits(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** An amount as people of a language write it: `formatMoney(-1250n, 'USD', 'en')` is “-$12.50”. */
export function formatMoney(minor: bigint, currency: string, locale: string): string {
  return formatter(locale, currency).format(decimal(minor, minorDigits(currency)));
}

/** An amount as a plain decimal number, without grouping or sign of currency: “-12.50”. For files and fields. */
export function decimal(minor: bigint, digits: number): `${number}` {
  const size = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0');
  const whole = size.slice(0, size.length - digits);
  const text = `${minor < 0n ? '-' : ''}${whole}${digits ? `.${size.slice(-digits)}` : ''}`;
  // Digits with one point are a number in writing.
  return text as `${number}`;
}

/** Reads a plain decimal number into minor units, or `null` where it is none or has too many digits. */
export function minorOf(text: string, digits: number): bigint | null {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d{1,15})(?:\.(\d{1,6}))?$/.exec(text) ?? [];
  if (!whole || /[^0]/.test(fraction.slice(digits))) return null;
  const minor = BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return sign ? -minor : minor;
}

/** `part / whole` to the nearest whole number, halves to the even one (so that they favour nobody). */
export function divideHalfEven(part: bigint, whole: bigint): bigint {
  if (whole < 0n) return divideHalfEven(-part, -whole);
  if (part < 0n) return -divideHalfEven(-part, whole);
  const down = part / whole;
  const twice = 2n * (part % whole);
  return twice > whole || (twice === whole && down % 2n === 1n) ? down + 1n : down;
}

/** Shares `total` out by weights, to the last unit: what rounding leaves goes to the largest remainders. */
export function shareOut(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  if (sum <= 0n || total < 0n) throw new RangeError('shares out no less than nothing, to somebody at least');
  const shares = weights.map((weight) => (total * weight) / sum);
  const left = total - shares.reduce((all, share) => all + share, 0n);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .sort((a, b) => (b.remainder > a.remainder ? 1 : b.remainder < a.remainder ? -1 : a.index - b.index));
  for (const { index } of byRemainder.slice(0, Number(left))) shares[index] = (shares[index] ?? 0n) + 1n;
  return shares;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(locale: string, currency: string) {
  const key = `${locale} ${currency}`;
  let made = formatters.get(key);
  if (!made) formatters.set(key, (made = new Intl.NumberFormat(locale, { style: 'currency', currency })));
  return made;
}
