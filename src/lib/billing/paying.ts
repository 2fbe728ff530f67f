/** Paying: what an attempt can be, what is asked of a provider of payments, and how much may be paid. Pure. */
import type { CardAsked, CardPage, Charge } from './autopay/card.ts';
import { minorDigits } from './money.ts';
import { typedAmount } from './typed-amount.ts';

export type AttemptState = 'begun' | 'offered' | 'paid' | 'refused' | 'expired';
export type Payable = 'account' | 'bill' | 'order' | 'prebuy';
export type ProviderName = 'stripe' | 'demo';
/** How the provider's page stands. */
export type PageState = 'open' | 'paid' | 'refused' | 'expired';

/** What is paid: an account, one bill of it, or something of a higher floor that has a price. */
export interface PaidFor {
  kind: Payable;
  id: string;
  /** The account whose balance it settles; null for what has none. */
  account_id: string | null;
}

/** A page of the provider, on which somebody pays. */
export interface Checkout {
  checkout: string;
  url: string;
}

/** How such a page stands, by the provider's own word. */
export interface CheckoutState {
  state: PageState;
  amount: bigint;
  currency: string;
}

export interface Asked {
  attemptId: string;
  reference: string;
  amount: bigint;
  currency: string;
  locale: string;
  /** In the customer's language: what they read on the provider's page. */
  description: string;
  /** Where they come back to, whatever they did there. */
  returnUrl: string;
}

/** Whoever takes the money. Card numbers are typed at theirs, and never come here. */
export interface PaymentProvider {
  name: ProviderName;
  /** The page for an attempt; asked again for the same attempt it is the same page. */
  open(asked: Asked): Promise<Checkout>;
  look(checkout: string): Promise<CheckoutState>;
  /** From now on nobody pays there. What was paid before stays paid: look afterwards. */
  close(checkout: string): Promise<void>;
  /** The page on which a card is typed for it to keep; asked again for the same card it is the same page. */
  askCard(asked: CardAsked): Promise<Checkout>;
  lookCard(checkout: string): Promise<CardPage>;
  /** Takes money from a card it keeps; asked again for the same attempt it is taken once, and the answer is the same. */
  charge(charge: Charge): Promise<Charged>;
  /** What became of a charge that was asked for since; null where none ever reached it. */
  findCharge(charge: { payer: string; attemptId: string; since: Date }): Promise<Charged | null>;
  /** Keeps a card no longer. One that it does not know is forgotten already. */
  forget(card: string): Promise<void>;
  /** What its webhook tells: what to look after; null where it is none of ours. Refuses what it has not signed. */
  told(body: string, signature: string | null): Promise<Told | null>;
}

/** How a charge stands; without a name where the provider made nothing of it. */
export type Charged = CheckoutState & { checkout: string | null };

/** An attempt or a card of ours, by our own name for it. */
export type Told = { checkout: string } & ({ attemptId: string } | { cardId: string });

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
