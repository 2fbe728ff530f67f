/** Telephone numbers as people write and paste them, from any country. */
import { oneLine } from './cleaning.ts';

/** Longer than any number with its extension. The database holds to the same. */
const longest = 60;

/** Seven to fifteen digits, with the usual signs between, and perhaps an extension; all of what was typed, not its beginning. */
export function isPhone(typed: string): boolean {
  const text = oneLine(typed);
  if (text.length > longest) return false;
  const [number] = split(text);
  return /^\(?\+?[\d\s().\-/]+$/.test(number) && /^\d{7,15}$/.test(number.replaceAll(/\D/g, ''));
}

/** As a telephone dials it: the address of a link (RFC 3966). */
export function dialled(phone: string): string {
  const [number, extension] = split(oneLine(phone).slice(0, longest));
  const digits = number.replaceAll(/[^+\d]/g, '');
  return `tel:${digits}${extension && `;ext=${extension}`}`;
}

/** Whether two are one number, written this way and that. The database asks the same (`text_number_follows`). */
export const isSameNumber = (one: string, other: string) =>
  one.replaceAll(/[^\d+]/g, '') === other.replaceAll(/[^\d+]/g, '');

function split(text: string): [number: string, extension: string] {
  const extension = /[\s,;]*(?:x|ext\.?|extension|extensión|int\.?|#)[\s.:=]*(\d{1,6})$/i.exec(text);
  return extension ? [text.slice(0, extension.index), extension[1] ?? ''] : [text, ''];
}

/** Where a utility of each jurisdiction texts to: mobiles of its own country, and no number that costs extra. */
const mobiles = {
  US: { code: '+1', home: /^1?(\d{10})$/, whole: /^\+1(?!900)[2-9]\d{2}[2-9]\d{6}$/ },
  UK: { code: '+44', home: /^0(\d{10})$/, whole: /^\+447[1-57-9]\d{8}$/ },
  IN: { code: '+91', home: /^0?([6-9]\d{9})$/, whole: /^\+91[6-9]\d{9}$/ }
};

/** The number as a gateway dials it (E.164), or null where it is none that can be texted from here. */
export function textable(phone: string, jurisdiction: keyof typeof mobiles): string | null {
  if (!isPhone(phone)) return null;
  const [number, extension] = split(oneLine(phone));
  if (extension) return null;
  const { code, home, whole } = mobiles[jurisdiction];
  const signs = number.replaceAll(/[^+\d]/g, '').replace(/^00/, '+');
  const [, rest] = home.exec(signs) ?? [];
  const dialledAbroad = signs.startsWith('+') ? signs : rest && `${code}${rest}`;
  return dialledAbroad && whole.test(dialledAbroad) ? dialledAbroad : null;
}
