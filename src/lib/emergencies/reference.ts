/** References of emergencies: `E-` and six signs that nobody mistakes over the telephone. */

/** No 0 O, 1 I: 32 signs. */
const signs = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A new reference from six random bytes, such as `E-7KQ4M2`. */
export const emergencyReferenceFrom = (random: Uint8Array) =>
  `E-${Array.from(random.subarray(0, 6), (byte) => signs[byte % signs.length]).join('')}`;
