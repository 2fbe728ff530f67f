/** Telephone numbers as people write and paste them, from any country. */
import { oneLine } from './cleaning.ts';

/** Longer than any number with its extension. */
const longest = 60;

/** Seven to fifteen digits, with the usual signs between, and perhaps an extension. */
export function isPhone(typed: string): boolean {
  const [number] = split(typed);
  return /^\(?\+?[\d\s().\-/]+$/.test(number) && /^\d{7,15}$/.test(number.replaceAll(/\D/g, ''));
}

/** As a telephone dials it: the address of a link (RFC 3966). */
export function dialled(phone: string): string {
  const [number, extension] = split(phone);
  const digits = number.replaceAll(/[^+\d]/g, '');
  return `tel:${digits}${extension && `;ext=${extension}`}`;
}

function split(typed: string): [number: string, extension: string] {
  const text = oneLine(typed.slice(0, 2 * longest)).slice(0, longest);
  const extension = /[\s,;]*(?:x|ext\.?|extension|extensión|int\.?|#)[\s.:=]*(\d{1,6})$/i.exec(text);
  return extension ? [text.slice(0, extension.index), extension[1] ?? ''] : [text, ''];
}
