/** What we write about refills that come by themselves: that one is ordered, or what is in its way; and how to say no. */
import { writeDay, writeHour } from '#lib/forms/day.ts';
import type { Words } from '#lib/platform/words.ts';
import { spaced, type OrderLetterhead } from '#lib/orders/letters.ts';
import type { Obstacle } from './rules.ts';

export interface RefillFacts {
  plan: string;
  name: string;
  /** “2 × Propane cylinder, 20 lb”. */
  contents: string;
  /** The day by which it is wanted, and that of the one after. */
  due_on: string;
  next_on: string;
  turn:
    | {
        outcome: 'ordered';
        reference: string;
        slot: { on_day: string; from_time: string; to_time: string } | null;
        code: string | null;
        /** What is still to be paid, as it is written; null where nothing is. */
        due: string | null;
        /** How many of them were bought ahead. */
        ahead: number;
        /** Ordered by hand before its time, and counted. */
        by_hand: boolean;
      }
    | { outcome: 'waiting'; why: Obstacle; from_day: string | null };
}

export function refillLetter(t: Words, facts: RefillFacts, head: OrderLetterhead) {
  const { name, contents, due_on, turn, plan } = facts;
  const link = `${head.origin}/orders/refills/${plan}`;
  const day = writeDay(due_on, t.locale);
  const paragraphs =
    turn.outcome === 'waiting'
      ? [
          t('refills.letter_waiting', { contents, day }),
          tellObstacle(turn, t),
          t('refills.letter_waiting_next')
        ]
      : [
          t(turn.by_hand ? 'refills.letter_by_hand' : 'refills.letter_ordered', {
            contents,
            reference: turn.reference
          }),
          turn.slot &&
            t('orders.letter_slot', {
              day: writeDay(turn.slot.on_day, t.locale),
              from: writeHour(turn.slot.from_time, t.locale),
              to: writeHour(turn.slot.to_time, t.locale)
            }),
          turn.ahead > 0 && t('refills.letter_ahead', { count: turn.ahead }),
          turn.due && t('refills.letter_costs', { amount: turn.due }),
          turn.code && t('orders.letter_code', { code: spaced(turn.code) }),
          t('refills.letter_not_this', { link: `${head.origin}/orders/${turn.reference}` }),
          t('refills.letter_after', { day: writeDay(facts.next_on, t.locale) })
        ];
  return {
    subject:
      turn.outcome === 'waiting'
        ? t('refills.letter_waiting_subject')
        : t('refills.letter_ordered_subject', { reference: turn.reference }),
    text: [
      t('letters.greeting', { name }),
      ...paragraphs,
      t('refills.letter_settings', { link }),
      t('letters.foot', { utility: head.utilityName, phone: head.emergencyPhone })
    ]
      .filter(Boolean)
      .join('\n\n')
  };
}

/** What is in the way, in a sentence; from when, where that is known. */
export const tellObstacle = ({ why, from_day }: { why: Obstacle; from_day: string | null }, t: Words) =>
  (why === 'gap' || why === 'quota') && from_day
    ? t('refills.why_from', { day: writeDay(from_day, t.locale) })
    : t(`refills.why_${why}`);
