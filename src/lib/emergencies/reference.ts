/** References of emergencies: `E-` and six signs that nobody mistakes over the telephone. */
import { spell } from '#lib/platform/spelled.ts';

/** A new reference from six random bytes, such as `E-7KQ4M2`. */
export const emergencyReferenceFrom = (random: Uint8Array) => `E-${spell(random.subarray(0, 6))}`;
