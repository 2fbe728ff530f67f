/** A cylinder that comes back without a full one for it: given back for good, or faulty. What the desk types. Pure. */
import { wholeIn } from '#lib/forms/whole.ts';
import { oneLine } from '#lib/platform/cleaning.ts';
import type { Words } from '#lib/platform/words.ts';

export const returnKinds = ['surrendered', 'faulty', 'faulty_replaced'] as const;

/** Given back for good, or faulty and never filled again. */
export type ReturnKind = 'surrendered' | 'faulty';

export interface Holding {
  product: string;
  name: string;
  /** How many of ours are with them, by the ledger. */
  held: number;
}

/** The name of the field that says how many of a product are given back for good at the door. */
export const surrenderField = (product: string) => `back-${product}`;
/** The field that says how many empty ones of a product were handed back for full ones. */
export const emptiesField = (product: string) => `empties-${product}`;

export interface ReturnTyped {
  product: string;
  what: string;
  quantity: string;
  serial: string;
}

export interface CameBack {
  product: string;
  kind: ReturnKind;
  replaced: boolean;
  quantity: number;
  serial: string | null;
}

export type Returned = { ok: true; back: CameBack } | { ok: false; problem: string };

/** What came back, or what is wrong with it in words. */
export function judgeReturn(typed: ReturnTyped, holdings: readonly Holding[], t: Words): Returned {
  const holding = holdings.find(({ product }) => product === typed.product);
  const what = returnKinds.find((kind) => kind === typed.what);
  if (!holding || !what) return { ok: false, problem: t('cylinders.choose') };
  const quantity = wholeIn(typed.quantity) ?? 0;
  const { name, held } = holding;
  if (quantity < 1 || quantity > Math.min(held, 20))
    return { ok: false, problem: t('cylinders.only_held', { name, held }) };
  const serial = oneLine(typed.serial).toUpperCase();
  const faulty = what !== 'surrendered';
  if (faulty && quantity !== 1) return { ok: false, problem: t('cylinders.one_by_one') };
  if ((faulty || serial !== '') && !/^[A-Z0-9][A-Z0-9 ./-]{1,39}$/.test(serial))
    return { ok: false, problem: t('cylinders.serial_wrong') };
  return {
    ok: true,
    back: {
      ...{ product: holding.product, quantity, serial: serial || null },
      kind: faulty ? 'faulty' : 'surrendered',
      replaced: what === 'faulty_replaced'
    }
  };
}
