/** References: short, unguessable, readable aloud. Eight letters and digits without those that are mistaken. */

/** No 0 O, 1 I: 32 signs, so eight of them are 40 bits. Kept in step with the check in `db/migrations/0005`. */
const signs = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A new reference from eight random bytes, such as `7KQ4-M2XR`. */
export function referenceFrom(random: Uint8Array): string {
  const letters = Array.from(random.subarray(0, 8), (byte) => signs[byte % signs.length]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** What somebody typed or read out, as we write it: any case, with or without the dash. Null when it is none. */
export function readReference(typed: string): string | null {
  const letters = typed.toUpperCase().replace(/[\s-]/g, '');
  if (letters.length !== 8 || [...letters].some((letter) => !signs.includes(letter))) return null;
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
