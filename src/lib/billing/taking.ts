/** When a kept card or a bank pays a bill, how often it is tried, and what is never taken by itself. Pure. */
import { leastOf } from './typed-amount.ts';

/** How far a payment by card has come. */
export type AttemptState = 'begun' | 'offered' | 'paid' | 'refused' | 'expired';

/** So many days after the due date it is tried: on the day itself, and twice more where it was refused. */
export const tryDays = [0, 3, 7] as const;
/** What has been due for longer is not taken out of the blue any more. */
const longest = 14;

export interface BillToTake {
  due_on: string;
  open: bigint;
  currency: string;
  /** In dispute, or paid as was agreed otherwise. */
  held: boolean;
}

export interface Try {
  try_number: number;
  state: AttemptState;
}

export type Taking =
  | { what: 'will'; on: string; amount: bigint; tries: number }
  | { what: 'under_way' }
  | { what: 'above'; most: bigint }
  | { what: 'given_up' };

/** What becomes of a bill while a card pays; null where the card has nothing to do with it. */
export function takingOf(
  { due_on, open, currency, held }: BillToTake,
  autopay: { began_on: string; most: bigint | null },
  tried: readonly Try[],
  today: string
): Taking | null {
  if (tried.some(({ state }) => state === 'begun' || state === 'offered')) return { what: 'under_way' };
  // Providers take no less than one unit.
  if (
    open < leastOf(currency) ||
    held ||
    due_on < autopay.began_on ||
    tried.some(({ state }) => state === 'paid')
  )
    return null;
  const tries = Math.max(0, ...tried.map(({ try_number }) => try_number));
  const days = tryDays[tries];
  if (days === undefined) return { what: 'given_up' };
  if (today > later(due_on, longest)) return null;
  if (autopay.most !== null && open > autopay.most) return { what: 'above', most: autopay.most };
  return { what: 'will', on: later(due_on, days), amount: open, tries };
}

/** For so many days after the due date what a bank pays may be on its way to us. */
export const bankDays = 14;

/** The same while a bank pays: it does so once, on the due date, and we hear of it later. */
export function takingByBank(
  { due_on, open, held }: BillToTake,
  { began_on, most }: { began_on: string; most: bigint | null },
  today: string
): Taking | null {
  if (open <= 0n || held || due_on < began_on || today > later(due_on, bankDays)) return null;
  if (most !== null && open > most) return { what: 'above', most };
  return today <= due_on ? { what: 'will', on: due_on, amount: open, tries: 0 } : { what: 'under_way' };
}

/** Nobody is asked for, nor reminded of, what is about to be paid by itself; once a card was refused they are. */
export const paysItself = (taking: Taking | null | undefined): boolean =>
  taking?.what === 'under_way' || (taking?.what === 'will' && taking.tries === 0);

/** The day of the next try after so many; null after the last. */
export const nextTry = (due_on: string, tries: number): string | null => {
  const days = tryDays[tries];
  return days === undefined ? null : later(due_on, days);
};

const later = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString();
