/** Recovery codes that can be read aloud and typed on a phone: no capitals, and no letters that look like digits. */
import { randomInt } from 'node:crypto';

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
const half = 5;

export const newRecoveryCodes = () => Array.from({ length: 10 }, () => `${some(half)}-${some(half)}`);

/** A code as it was given out, however it was typed. */
export function tidyRecoveryCode(typed: string): string {
  const plain = typed.toLowerCase().replaceAll(/[\s-]/g, '');
  return `${plain.slice(0, half)}-${plain.slice(half)}`;
}

const some = (count: number) =>
  Array.from({ length: count }, () => letters[randomInt(letters.length)]).join('');
