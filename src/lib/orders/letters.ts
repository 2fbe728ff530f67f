/** What we write to customers about their orders: what happened, what comes next, and where to follow it. */
import { writeDay, writeHour } from '#lib/forms/day.ts';
import type { LetterAbout } from '#lib/people/letter-kinds.ts';
import type { Words } from '#lib/platform/words.ts';
import type { ReturnKind } from './returns.ts';
import type { OrderStatus } from './status.ts';

export type OrderOccasion =
  | 'placed'
  | 'preordered'
  | 'available'
  | 'moved'
  | 'on_the_way'
  | 'missed'
  | 'closed'
  | 'late'
  | 'delivered'
  | 'cancelled'
  | 'let_go'
  | 'paid_late';

export interface OrderFacts {
  name: string;
  reference: string;
  slot: { on_day: string; from_time: string; to_time: string } | null;
  /** Said at the door; null once it was. */
  code: string | null;
  /** What comes back of what was paid, as it is written; null where nothing does. */
  refund?: string | null;
}

export interface OrderLetterhead {
  origin: string;
  utilityName: string;
  emergencyPhone: string;
  timeZone: string;
}

/** Whether what a letter tells is still so. What came after has a letter of its own. */
export const stillHolds = (occasion: OrderOccasion, status: OrderStatus): boolean =>
  occasion === 'placed' ? status !== 'cancelled' : status === after[occasion];

const after: Record<Exclude<OrderOccasion, 'placed'>, OrderStatus> = {
  ...{ preordered: 'preordered', available: 'preordered', moved: 'placed', on_the_way: 'on_the_way' },
  ...{ missed: 'missed', closed: 'missed', late: 'missed', paid_late: 'missed' },
  ...{ delivered: 'delivered', cancelled: 'cancelled', let_go: 'cancelled' }
};

/** By what its reader may have turned it off, and for which day it is of use. */
export const orderLetterKind = (occasion: OrderOccasion, { slot }: OrderFacts): LetterAbout =>
  occasion === 'on_the_way' ||
  occasion === 'missed' ||
  occasion === 'closed' ||
  occasion === 'late' ||
  occasion === 'moved'
    ? { kind: 'appointment', day: slot?.on_day ?? null }
    : { kind: 'request' };

export function orderLetter(t: Words, occasion: OrderOccasion, facts: OrderFacts, head: OrderLetterhead) {
  const { name, reference, slot, code, refund } = facts;
  const comes = occasion === 'placed' || occasion === 'moved' || occasion === 'on_the_way';
  const paragraphs = [
    t('letters.greeting', { name }),
    t(`orders.letter_${occasion}`, { reference }),
    occasion === 'cancelled' && refund && t('orders.letter_cancelled_refund', { amount: refund }),
    comes && slot && t('orders.letter_slot', written(slot, t)),
    comes && code && t('orders.letter_code', { code: spaced(code) }),
    occasion === 'delivered' &&
      t('orders.letter_rating', { link: `${head.origin}/orders/${reference}#rating` }),
    t('orders.letter_where', { link: `${head.origin}/orders/${reference}` }),
    t('letters.foot', { utility: head.utilityName, phone: head.emergencyPhone })
  ];
  return {
    subject: t(`orders.letter_${occasion}_subject`, { reference }),
    ...(occasion === 'on_the_way' && slot && { line: onTheWay(t, reference, slot) }),
    text: paragraphs.filter(Boolean).join('\n\n')
  };
}

/** What a text message says: when it comes, for whoever may be out. */
function onTheWay(t: Words, reference: string, slot: NonNullable<OrderFacts['slot']>) {
  const { from, to } = written(slot, t);
  return t('orders.letter_on_the_way_text', { reference, from, to });
}

export interface ReturnFacts {
  name: string;
  kind: ReturnKind;
  product: string;
  quantity: number;
  serial: string | null;
  replaced: boolean;
  /** What is owed, as it is written; null where nothing is. */
  refund: string | null;
}

/** That we have a cylinder back, and what comes back for it. */
export function returnLetter(t: Words, back: ReturnFacts, head: OrderLetterhead) {
  const paragraphs = [
    t('letters.greeting', { name: back.name }),
    back.kind === 'faulty'
      ? t('cylinders.letter_faulty', { name: back.product, serial: back.serial ?? '' })
      : t('cylinders.letter_surrendered', { count: back.quantity, name: back.product }),
    back.replaced && t('cylinders.letter_replaced'),
    back.refund && t('cylinders.letter_refund', { amount: back.refund }),
    t('cylinders.letter_where', { link: `${head.origin}/orders` }),
    t('letters.foot', { utility: head.utilityName, phone: head.emergencyPhone })
  ];
  return {
    subject: t(`cylinders.letter_subject_${back.kind}`),
    text: paragraphs.filter(Boolean).join('\n\n')
  };
}

/** Three and three, as people say it: “481 902”. */
export const spaced = (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`;

const written = ({ on_day, from_time, to_time }: NonNullable<OrderFacts['slot']>, { locale }: Words) => ({
  day: writeDay(on_day, locale),
  from: writeHour(from_time, locale),
  to: writeHour(to_time, locale)
});
