/** What we write to whoever buys ahead: that it is theirs, that it ends soon, and what became of the rest. */
import { writeDay } from '#lib/forms/day.ts';
import type { Words } from '#lib/platform/words.ts';
import type { OrderLetterhead } from '#lib/orders/letters.ts';

export type PrebuyOccasion = 'bought' | 'ending' | 'ended';

export interface PrebuyFacts {
  name: string;
  account: string;
  /** “200 gallons of Bulk propane”, as bought. */
  contents: string;
  /** The same of what is left. */
  left: string;
  price: string;
  paid: string;
  good_until: string;
  /** What is owed back, as it is written; null where nothing is. */
  refund: string | null;
}

export function prebuyLetter(t: Words, what: PrebuyOccasion, facts: PrebuyFacts, head: OrderLetterhead) {
  const { name, account, contents, left, price, paid, refund } = facts;
  const day = writeDay(facts.good_until, t.locale);
  const said = {
    bought: [t('prebuy.letter_bought', { contents, price, paid }), t('prebuy.letter_used', { day })],
    ending: [t('prebuy.letter_ending', { left, day }), t('prebuy.letter_order')],
    ended: [
      t('prebuy.letter_ended', { contents }),
      refund ? t('prebuy.letter_refund', { amount: refund }) : t('prebuy.letter_no_refund')
    ]
  };
  return {
    subject: t(`prebuy.letter_subject_${what}`),
    text: [
      t('letters.greeting', { name }),
      ...said[what],
      t('prebuy.letter_where', { link: `${head.origin}/orders/prebuy?account=${account}` }),
      t('letters.foot', { utility: head.utilityName, phone: head.emergencyPhone })
    ].join('\n\n')
  };
}
