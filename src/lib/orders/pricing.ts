/** What a cart costs: what was bought ahead is used first, and costs nothing more. Pure. */
import type { CartLine, Offer } from './cart.ts';

/** How many of a line cost nothing any more: what was bought ahead is used first. */
export const fromAhead = (quantity: number, { prebought }: Pick<Offer, 'prebought'>) =>
  Math.min(quantity, prebought);

/** What a line costs: the goods that are not paid yet, and a deposit for each cylinder for which none comes back. */
export const amountOf = (
  { quantity, empties }: Pick<CartLine, 'quantity' | 'empties'>,
  offer: Pick<Offer, 'amount' | 'deposit' | 'takes_back' | 'prebought'>
) =>
  BigInt(quantity - fromAhead(quantity, offer)) * offer.amount +
  (offer.takes_back ? BigInt(quantity - empties) * offer.deposit : 0n);

/** The lines as they are shown: each with what it is called and what it costs. */
export const pricedLines = (lines: readonly CartLine[], offers: readonly Offer[]) =>
  lines.flatMap((line) => {
    const offer = offers.find(({ code }) => code === line.product);
    if (!offer) return [];
    const { name, unit, takes_back, deposit } = offer;
    const prebought = fromAhead(line.quantity, offer);
    return [{ ...line, name, unit, takes_back, deposit, prebought, amount: amountOf(line, offer) }];
  });

export function totalOf(lines: readonly CartLine[], offers: readonly Offer[]): bigint {
  return lines.reduce((sum, line) => {
    const offer = offers.find(({ code }) => code === line.product);
    return offer ? sum + amountOf(line, offer) : sum;
  }, 0n);
}
