/** A card that the payment provider keeps: what it can be, and what is asked of the provider about it. Pure. */

/** `ended`: it pays no more, and the provider is still to forget it. */
export type CardState = 'begun' | 'offered' | 'kept' | 'ended' | 'removed' | 'refused' | 'expired';
/** How the provider's page stands on which a card is typed. */
export type CardPageState = 'open' | 'kept' | 'refused' | 'expired';

/** What a person knows a card by. */
export interface KnownCard {
  brand: string;
  last_four: string;
  /** The last day on which it pays, as `YYYY-MM-DD`. */
  valid_until: string;
}

/** The same with the provider's names for whoever pays and for the card. */
export interface CardAtProvider extends KnownCard {
  payer: string;
  card_name: string;
}

export interface CardPage {
  state: CardPageState;
  /** Once it is kept. */
  card: CardAtProvider | null;
}

export interface CardAsked {
  cardId: string;
  currency: string;
  locale: string;
  /** Where they come back to, whatever they did there. */
  returnUrl: string;
}

export interface Charge {
  attemptId: string;
  amount: bigint;
  currency: string;
  payer: string;
  card: string;
  /** What the customer reads on the statement of their card. */
  description: string;
}

/** The name of a brand as it stands on the card. */
export const brandName = (brand: string): string =>
  ({ amex: 'American Express', unionpay: 'UnionPay', jcb: 'JCB', diners: 'Diners Club' })[brand] ??
  brand.charAt(0).toUpperCase() + brand.slice(1);

/** Whether a card ends soon enough that its owner should name another. */
export const endsSoon = ({ valid_until }: KnownCard, today: string): boolean =>
  valid_until < Temporal.PlainDate.from(today).add({ days: 30 }).toString();
