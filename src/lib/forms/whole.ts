/** How many of something: read as amounts are, in any script, and whole. */
import * as v from 'valibot';
import { amountIn } from './number.ts';

/** Null when it is no whole number, or may be two. */
export function wholeIn(typed: string): number | null {
  const decimal = amountIn(typed, undefined) ?? '';
  return /^\d{1,9}(\.0+)?$/.test(decimal) ? Number(decimal) : null;
}

/** The same where an empty one is none. */
export const wholeOrNone = (typed: string): number | null => (typed.trim() === '' ? 0 : wholeIn(typed));

/** A field of a form that asks how many. */
export const wholeField = (least: number, most: number) =>
  v.pipe(v.string(), v.transform(wholeIn), v.number(), v.minValue(least), v.maxValue(most));
