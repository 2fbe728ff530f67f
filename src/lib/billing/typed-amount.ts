/** An amount that somebody typed, wherever money is really paid, noted or priced: read as the forms of requests read it. */
import * as v from 'valibot';
import { amountIn } from '#lib/forms/number.ts';
import { minorDigits, minorOf } from './money.ts';

/** In minor units; null where it is none, has too many digits, may be two, or is less than nothing. */
export function typedAmount(typed: string, currency: string): bigint | null {
  const amount = minorOf(amountIn(typed, currency) ?? '', minorDigits(currency));
  return amount === null || amount < 0n ? null : amount;
}

/** A field of a form with an amount of this currency, at most as much. */
export const amountField = (currency: string, most: bigint) =>
  v.pipe(
    v.string(),
    v.transform((typed) => typedAmount(typed, currency)),
    v.bigint(),
    v.maxValue(most)
  );

/** The same where an empty one is nothing. */
export const amountOrNothing = (currency: string, most: bigint) =>
  v.pipe(
    v.optional(v.string(), ''),
    v.transform((typed) => (typed.trim() === '' ? 0n : typedAmount(typed, currency))),
    v.bigint(),
    v.maxValue(most)
  );

export type AmountProblem = 'pay_amount_none' | 'pay_amount_most' | 'pay_amount_least';

/** An amount as people type it, of at least one unit and at most what is owed. */
export function readAmount(
  typed: string,
  currency: string,
  most: bigint
): { ok: true; amount: bigint } | { ok: false; problem: AmountProblem } {
  const amount = typedAmount(typed, currency);
  if (amount === null) return { ok: false, problem: 'pay_amount_none' };
  if (amount > most) return { ok: false, problem: 'pay_amount_most' };
  // Providers take no less; whoever owes less pays all of it.
  if (amount < leastOf(currency) && amount !== most) return { ok: false, problem: 'pay_amount_least' };
  return { ok: true, amount };
}

export const leastOf = (currency: string) => 10n ** BigInt(minorDigits(currency));
