/** What somebody wants of the catalogue, as a plain form sends it: judged, and added up. Pure. */
import { writeDay } from '#lib/forms/day.ts';
import { wholeOrNone } from '#lib/forms/whole.ts';
import type { Words } from '#lib/platform/words.ts';
import type { Jurisdiction } from '#lib/safety/wording.ts';

/** In what it is counted. */
export type Unit = 'piece' | 'gallon' | 'litre';

/** In what gas for a tank is sold there. */
export const bulkUnitIn = (jurisdiction: Jurisdiction): Unit => (jurisdiction === 'US' ? 'gallon' : 'litre');

/** Something that is sold, as it is offered to one place on one day. */
export interface Offer {
  code: string;
  kind: string;
  unit: Unit;
  name: string;
  about: string;
  takes_back: boolean;
  least: number;
  most: number;
  skill: string;
  amount: bigint;
  deposit: bigint;
  /** How many units the account has bought ahead and may use today. */
  prebought: number;
  /** How many of ours are with the account, by the ledger. */
  held: number;
  /** What the depot has that is promised to nobody. */
  free: number;
  sold_from: string | null;
  /** When more is expected. */
  expected_on: string | null;
}

/** How many empties whoever says nothing hands back: one for each they get, and never more than they have of ours. */
export const emptiesFor = (quantity: number, { takes_back, held }: Pick<Offer, 'takes_back' | 'held'>) =>
  takes_back ? Math.min(quantity, held) : 0;

/** Whoever orders any of these has gas in cylinders or a tank, however it came to them before. */
const forBottledGas: ReadonlySet<string> = new Set(['cylinder', 'bulk', 'regulator']);

/** How the gas comes that a cart is about; undefined where it tells nothing of it, as an alarm does. */
export const supplyOfCart = (
  lines: readonly { product: string }[],
  offers: readonly Pick<Offer, 'code' | 'kind'>[]
): 'cylinder' | undefined =>
  lines.some(({ product }) => offers.some(({ code, kind }) => code === product && forBottledGas.has(kind)))
    ? 'cylinder'
    : undefined;

export interface CartLine {
  product: string;
  quantity: number;
  empties: number;
}

/** The names of the fields of one product: how many, and how many empty ones are handed back. */
export const quantityField = (code: string) => `q-${code}`;
export const emptiesField = (code: string) => `e-${code}`;

export interface Typed {
  quantity: string;
  empties: string;
}

/** What was typed for each product that is offered. */
export const typedCart = (params: URLSearchParams, offers: readonly Offer[]): Record<string, Typed> =>
  Object.fromEntries(
    offers.map(({ code }) => [
      code,
      {
        quantity: (params.get(quantityField(code)) ?? '').trim().slice(0, 200),
        empties: (params.get(emptiesField(code)) ?? '').trim().slice(0, 200)
      }
    ])
  );

export type Judged =
  { ok: true; lines: CartLine[]; skill: string } | { ok: false; problems: Record<string, string> };

/** What a rule says of cylinders: from when the account gets the next, and how many more this year. */
export interface Limit {
  from_day: string;
  why: 'gap' | 'quota' | null;
  left_over: number | null;
}

/** The lines of the cart, or what is wrong with it in words. */
export function judgeCart(
  offers: readonly Offer[],
  typed: Record<string, Typed>,
  t: Words,
  limit: Limit | null = null
): Judged {
  const problems: Record<string, string> = {};
  const lines: CartLine[] = [];
  const takesBack = (code: string) => offers.some((offer) => offer.code === code && offer.takes_back);
  for (const offer of offers.filter((one) => !one.sold_from)) {
    const { code, name, least, most, free, takes_back } = offer;
    const { quantity: wanted, empties: back } = typed[code] ?? { quantity: '', empties: '' };
    const quantity = wholeOrNone(wanted);
    if (quantity === 0) continue;
    if (quantity === null || quantity < least || quantity > most) {
      problems[quantityField(code)] = t('orders.quantity_wrong', { name, least, most });
      continue;
    }
    if (takes_back && limit?.why) {
      problems[quantityField(code)] = t('orders.next_from', { day: writeDay(limit.from_day, t.locale) });
      continue;
    }
    if (quantity > free) {
      problems[quantityField(code)] = t('orders.not_enough', { name, free });
      continue;
    }
    const empties = takes_back && back !== '' ? wholeOrNone(back) : emptiesFor(quantity, offer);
    if (empties === null || (takes_back && empties > quantity)) {
      problems[emptiesField(code)] = t('orders.empties_wrong', { name, most: quantity });
      continue;
    }
    if (empties > offer.held) {
      problems[emptiesField(code)] = t('orders.empties_not_there', { name, held: offer.held });
      continue;
    }
    lines.push({ product: code, quantity, empties });
  }

  const cylinders = lines.reduce(
    (sum, { product, quantity }) => sum + (takesBack(product) ? quantity : 0),
    0
  );
  if (limit && limit.left_over !== null && cylinders > limit.left_over)
    problems[''] = t('orders.quota_left', { count: limit.left_over });

  const skills = new Set(
    lines.map(({ product }) => offers.find(({ code }) => code === product)?.skill ?? '')
  );
  const [skill] = skills;
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  if (!skill) return { ok: false, problems: { '': t('orders.nothing_chosen') } };
  if (skills.size > 1) return { ok: false, problems: { '': t('orders.two_lorries') } };
  return { ok: true, lines, skill };
}
