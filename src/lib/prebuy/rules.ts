/** Buying ahead at a fixed price: what an offer may say, how much somebody still gets of it, and what comes back. Pure. */
import * as v from 'valibot';
import { wholeField, wholeIn } from '#lib/forms/whole.ts';
import { oneLine } from '#lib/platform/cleaning.ts';
import { isDay } from '#lib/platform/dates.ts';
import type { Words } from '#lib/platform/words.ts';
import { priceField } from '#lib/orders/product-form.ts';

export type PrebuyState = 'reserved' | 'bought' | 'lapsed';
export type PrebuyMoveKind = 'bought' | 'drawn' | 'given_back' | 'ended';

/** So many days before the last one whoever has something left is reminded. */
export const remindDays = 14;

const units = (most: number) => wholeField(1, most);
const day = v.pipe(v.string(), v.check(isDay));

const offerForm = (currency: string) =>
  v.object({
    unit_price: priceField(currency),
    sold_from: day,
    sold_until: day,
    good_until: day,
    most_each: units(100_000),
    most_total: units(10_000_000),
    back_percent: wholeField(0, 100)
  });
export type PrebuyOffer = v.InferOutput<ReturnType<typeof offerForm>>;

type Read = { ok: true; offer: PrebuyOffer } | { ok: false; problem: OfferProblem };
export type OfferProblem =
  'offer_price' | 'offer_days' | 'offer_days_past' | 'offer_days_order' | 'offer_units' | 'offer_percent';

const problemOf: Record<string, OfferProblem> = {
  unit_price: 'offer_price',
  most_each: 'offer_units',
  most_total: 'offer_units',
  back_percent: 'offer_percent'
};

/** What was typed for an offer, or the first thing that is wrong with it. */
export function readOffer(
  typed: Record<string, unknown>,
  { today, currency }: { today: string; currency: string }
): Read {
  const read = v.safeParse(offerForm(currency), typed);
  if (!read.success)
    return { ok: false, problem: problemOf[String(read.issues[0].path?.[0]?.key)] ?? 'offer_days' };
  const { sold_from, sold_until, good_until, most_each, most_total } = read.output;
  if (sold_until < today) return { ok: false, problem: 'offer_days_past' };
  if (sold_from > sold_until || sold_until > good_until) return { ok: false, problem: 'offer_days_order' };
  if (most_each > most_total) return { ok: false, problem: 'offer_units' };
  return { ok: true, offer: read.output };
}

export const aheadMethods = ['cash', 'bank', 'cheque'] as const;

/** How it was paid at the desk; what is not cash is known by a number. */
export interface PaidAhead {
  method: (typeof aheadMethods)[number];
  number: string | null;
}

/** What was typed of a payment, or what is wrong with it. */
export function readPaid(typed: {
  method: string;
  number: string;
}): { ok: true; paid: PaidAhead } | { ok: false; problem: 'paid_method' | 'paid_number' } {
  const method = aheadMethods.find((one) => one === typed.method);
  const number = oneLine(typed.number).toUpperCase();
  if (!method) return { ok: false, problem: 'paid_method' };
  if (number === '' && method === 'cash') return { ok: true, paid: { method, number: null } };
  if (!/^[A-Z0-9][A-Z0-9./-]{0,39}$/.test(number)) return { ok: false, problem: 'paid_number' };
  return { ok: true, paid: { method, number } };
}

/** Of an offer that is on sale: what is left in all, and what this account has of it. */
export interface Portion {
  most_each: number;
  left_total: number;
  mine: number;
}

/** How many more an account may buy. */
export const mayStillBuy = ({ most_each, left_total, mine }: Portion) =>
  Math.max(0, Math.min(most_each - mine, left_total));

/** The units that were asked for, or why not. */
export function judgeUnits(
  typed: string,
  portion: Portion,
  t: Words
): { ok: true; units: number } | { ok: false; problem: string } {
  const most = mayStillBuy(portion);
  if (most === 0)
    return { ok: false, problem: t(portion.left_total === 0 ? 'prebuy.sold_out' : 'prebuy.had_all') };
  const asked = wholeIn(typed) ?? 0;
  return asked >= 1 && asked <= most
    ? { ok: true, units: asked }
    : { ok: false, problem: t('prebuy.units_wrong', { most }) };
}
