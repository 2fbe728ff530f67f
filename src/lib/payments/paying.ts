/** Paying: what an attempt can be, and what is asked of a provider of payments. Pure. */
import type { CardAsked, CardPage, Charge } from '#lib/billing/card.ts';

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
