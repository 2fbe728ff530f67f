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

function split(text: string): [number: string, extension: string] {
  const extension = /[\s,;]*(?:x|ext\.?|extension|extensión|int\.?|#)[\s.:=]*(\d{1,6})$/i.exec(text);
  return extension ? [text.slice(0, extension.index), extension[1] ?? ''] : [text, ''];
}
