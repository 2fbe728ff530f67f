/** What we write whenever refills that come by themselves are set up or changed: how they are now, and how to end them. */
import { writeDay } from '#lib/forms/day.ts';
import type { OrderLetterhead } from '#lib/orders/letters.ts';
import type { Words } from '#lib/platform/words.ts';
import { daysAhead, type RefillState } from './rules.ts';

export const planChanges = ['started', 'changed', 'paused', 'resumed', 'skipped', 'ended'] as const;
export type PlanChange = (typeof planChanges)[number];

export interface PlanFacts {
  plan: string;
  name: string;
  /** “2 × Propane cylinder, 20 lb”. */
  contents: string;
  weeks: number | null;
  next_on: string;
  state: RefillState;
  line: string;
  town: string;
  /** What it costs each time at the price of today, and the deposit for one, as they are written. */
  costs: { each: string; deposit: string | null } | null;
  /** The turn that is left out. */
  skipped: string | null;
}

/** Whether what it tells is still so. What came after has a letter of its own. */
export const planLetterHolds = (what: PlanChange, state: RefillState): boolean =>
  what === 'ended' || what === 'paused'
    ? state === what
    : what === 'changed'
      ? state !== 'ended'
      : state === 'active';

export function planLetter(t: Words, what: PlanChange, facts: PlanFacts, head: OrderLetterhead) {
  const { contents, weeks, next_on, state, line, town, costs, skipped } = facts;
  const day = (on: string) => writeDay(on, t.locale);
  const isOver = what === 'ended';
  const tells = what === 'started' || what === 'changed' || what === 'resumed';
  const paragraphs = [
    t('letters.greeting', { name: facts.name }),
    t(`refills.letter_plan_${what}`, { day: skipped ? day(skipped) : '' }),
    tells &&
      [
        contents,
        weeks === null ? t('refills.every_usual') : t('refills.every', { weeks }),
        t('refills.brought_to', { line, town })
      ].join('\n'),
    !isOver && state === 'active' && t('refills.next', { day: day(next_on), days: daysAhead }),
    tells &&
      costs &&
      [
        t('refills.review_price_text', { amount: costs.each }),
        costs.deposit && t('orders.deposit_each', { amount: costs.deposit })
      ]
        .filter(Boolean)
        .join(' '),
    isOver
      ? t('refills.letter_plan_again', { link: `${head.origin}/orders/refills` })
      : t('refills.letter_settings', { link: `${head.origin}/orders/refills/${facts.plan}` }),
    !isOver && t('refills.letter_plan_not_you'),
    t('letters.foot', { utility: head.utilityName, phone: head.emergencyPhone })
  ];
  return { subject: t(`refills.letter_plan_${what}_subject`), text: paragraphs.filter(Boolean).join('\n\n') };
}
