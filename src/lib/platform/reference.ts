/** References: short, unguessable, readable aloud. Eight signs are 40 bits; the check in `db/migrations/0011_requests.sql` agrees. */
import { readEight, spellEight } from '#lib/platform/spelled.ts';

/** A new reference from eight random bytes, such as `7KQ4-M2XR`. */
export const referenceFrom = spellEight;

/** What somebody typed or read out, as we write it: any case, with or without the dash. Null when it is none. */
export const readReference = readEight;

/** How a reference stands in an address that we wrote, as a pattern. */
export const writtenReference = '[2-9A-Z]{4}-[2-9A-Z]{4}';
