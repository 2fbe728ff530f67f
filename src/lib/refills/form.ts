/** What the forms of refills accept, and what is wrong with them in words. Pure. */
import { wholeIn } from '#lib/forms/whole.ts';
import { isDay } from '#lib/platform/dates.ts';
import type { Words } from '#lib/platform/words.ts';
import type { Offer } from '#lib/orders/cart.ts';
import { mostDaysAway, weekChoices } from './rules.ts';

/** As the form sends it: how often is a number of weeks, or `usual`. */
export interface RefillTyped {
  product: string;
  quantity: string;
  often: string;
  next_on: string;
}

export interface RefillWish {
  product: string;
  quantity: number;
  /** Null: as fast as they use it up. */
  weeks: number | null;
  next_on: string;
}

export interface Known {
  offers: readonly Pick<Offer, 'code' | 'name' | 'least' | 'most'>[];
  today: string;
  /** Of which products we know how long they usually last there. */
  usual: ReadonlySet<string>;
  /** The day that stands already: it may stay, though it has come meanwhile. */
  day?: string;
}

export type Wished = { ok: true; wish: RefillWish } | { ok: false; problems: Record<string, string> };

export function judgeRefill(typed: RefillTyped, { offers, today, usual, day }: Known, t: Words): Wished {
  const problems: Record<string, string> = {};
  const offer = offers.find(({ code }) => code === typed.product);
  if (!offer) return { ok: false, problems: { product: t('refills.choose_product') } };

  const { name, least, most } = offer;
  const quantity = wholeIn(typed.quantity) ?? 0;
  if (quantity < least || quantity > most)
    problems['quantity'] = t('orders.quantity_wrong', { name, least, most });

  const weeks = typed.often === 'usual' ? null : weekChoices.find((each) => String(each) === typed.often);
  if (weeks === undefined) problems['often'] = t('refills.choose_often');
  else if (weeks === null && !usual.has(offer.code)) problems['often'] = t('refills.no_usual');

  if (!isDay(typed.next_on)) problems['next_on'] = t('refills.choose_day');
  else if (typed.next_on !== day && (typed.next_on <= today || typed.next_on > lastDay(today)))
    problems['next_on'] = t('refills.day_range');

  if (weeks === undefined || Object.keys(problems).length > 0) return { ok: false, problems };
  return { ok: true, wish: { product: offer.code, quantity, weeks, next_on: typed.next_on } };
}

/** The last day that can be chosen. */
export const lastDay = (today: string) =>
  Temporal.PlainDate.from(today).add({ days: mostDaysAway }).toString();
