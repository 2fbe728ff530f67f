/** Marks that are read aloud and typed by people: letters and digits without those that are mistaken for others. */
import { plain } from './cleaning.ts';

/** No 0 O, 1 I: 32 signs, so each is five bits. */
export const signs = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** As many signs as there are random bytes. */
export const spell = (random: Uint8Array) =>
  Array.from(random, (byte) => signs[byte % signs.length]).join('');

/** Eight signs with a dash in the middle, such as `7KQ4-M2XR`. */
export function spellEight(random: Uint8Array): string {
  const letters = spell(random.subarray(0, 8));
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** A code or number as it was typed or pasted, without what people put between its signs: spaces, dashes, points, “#”, “/”. */
export const bare = (typed: string): string =>
  plain(typed)
    .toUpperCase()
    .replace(/[\s.#/-]/g, '');

/** What somebody typed or read out, as we write it: any case, with or without the dash. Null when it is none. */
export function readEight(typed: string): string | null {
  const letters = bare(typed);
  if (letters.length !== 8 || [...letters].some((letter) => !signs.includes(letter))) return null;
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
