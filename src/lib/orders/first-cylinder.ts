/** The first cylinder of a place: nobody has looked yet whether one may stand there. Pure. */
import type { Offer } from './cart.ts';

/** Whether a cart brings the first cylinder to a place: then it is asked whether one may stand there. */
export const bringsFirstCylinder = (
  lines: readonly { product: string }[],
  offers: readonly Pick<Offer, 'code' | 'kind' | 'held'>[],
  supply: 'cylinder' | 'tank' | null
): boolean =>
  supply !== 'cylinder' &&
  offers.every(({ held }) => held === 0) &&
  offers.some(({ code, kind }) => kind === 'cylinder' && lines.some(({ product }) => product === code));
