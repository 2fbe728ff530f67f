/** What may stand in one cell of a file, and how it is written in the database. Pure. */
import { minorDigits, minorOf } from '#lib/billing/money.ts';

/** Why a cell is refused, as a sentence for whoever made the file. */
export class Wrong {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** Reads a cell that is not empty; `currency` is that of the row, where the kind has one. */
export type Reader = (text: string, currency: string) => string | Wrong;

/** What no cell may hold, whatever it is for; null where there is nothing to say. */
export function unfit(text: string): Wrong | null {
  if (text.includes('\ufffd')) return notUtf8;
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text) ? control : null;
}

const notUtf8 = new Wrong('Holds characters that are not UTF-8. Save the file as “CSV UTF-8”.');
const control = new Wrong('Holds a line break or an invisible control character.');
const formula = new Wrong(
  'Begins like a formula of a spreadsheet. Put an apostrophe in front if it is meant as text.'
);

/** Words of people. An apostrophe before a sign that begins a formula says that it is none, and goes. */
export const words =
  (most: number): Reader =>
  (text) => {
    const bare = /^'+\s*[=+\-@|＝＋－＠]/.test(text) ? text.slice(1) : text;
    if (bare === text && /^\s*[=+\-@|＝＋－＠]/.test(text)) return formula;
    return bare.length > most ? new Wrong(`Is longer than ${most} characters.`) : bare;
  };

/** What has one form, which `form` names in words. */
export const like =
  (pattern: RegExp, form: string): Reader =>
  (text) =>
    pattern.test(text) ? text : new Wrong(`Must be ${form}.`);

export const oneOf = (...choices: readonly string[]): Reader => {
  const wrong = new Wrong(`Must be one of: ${choices.join(', ')}.`);
  return (text) => (choices.includes(text) ? text : wrong);
};

export const yesOrNo: Reader = (text) =>
  text === 'yes' ? 'true' : text === 'no' ? 'false' : new Wrong('Must be yes or no.');

const noDate = new Wrong('Must be a date such as 2026-11-28.');
const noSuchDate = new Wrong('There is no such date in the calendar.');
const farDate = new Wrong('Lies before 1900 or after 2199.');

export const date: Reader = (text) => {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (!year) return noDate;
  if (year < '1900' || year > '2199') return farDate;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return at.toISOString().startsWith(text) ? text : noSuchDate;
};

/** A plain number with so many digits before the point and behind it. */
export const decimal = (whole: number, behind: number): Reader =>
  like(
    new RegExp(`^-?\\d{1,${whole}}(\\.\\d{1,${behind}})?$`),
    `a plain number such as 12.5, with at most ${behind} digits behind the point`
  );

const currencies = new Set(Intl.supportedValuesOf('currency'));
const places = new Map<string, number>();

export const currencyCode: Reader = (text) =>
  currencies.has(text) ? text : new Wrong('Must be the code of a currency, such as USD.');

/** An amount as a plain decimal in the currency of the row, in its minor units. */
export const money: Reader = (text, currency) => {
  if (!currencies.has(currency)) return new Wrong('Cannot be read without the currency.');
  const minor = minorOf(text, placesOf(currency));
  return minor === null
    ? new Wrong(
        `Must be an amount such as 12.50, with at most ${placesOf(currency)} digits behind the point.`
      )
    : String(minor);
};

/** The price of one unit, which may be a fraction of the smallest coin. */
export const rate: Reader = (text, currency) => {
  if (!currencies.has(currency)) return new Wrong('Cannot be read without the currency.');
  const shift = placesOf(currency);
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d{1,7})(?:\.(\d{1,9}))?$/.exec(text) ?? [];
  if (!whole || fraction.length > 6 + shift)
    return new Wrong(`Must be a price such as 0.0356, with at most ${6 + shift} digits behind the point.`);
  const filled = fraction.padEnd(shift, '0');
  return `${sign}${whole}${filled.slice(0, shift)}.${filled.slice(shift) || '0'}`;
};

/** Digits behind the point of each currency that there is, for whoever writes amounts out again. */
export const placesOfAll = () => [...currencies].map((code) => [code, placesOf(code)] as const);

function placesOf(currency: string) {
  const known = places.get(currency) ?? minorDigits(currency);
  places.set(currency, known);
  return known;
}
