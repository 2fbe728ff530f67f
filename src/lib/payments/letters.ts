/** What we write about payments: that one has arrived, and that one was written down by mistake. */
import type { Letterhead } from '#lib/billing/letters.ts';
import { writeDate } from '#lib/platform/dates.ts';
import type { Words } from '#lib/platform/words.ts';

/** That a payment has arrived, with the way to its receipt. */
export const paidLetter = (
  t: Words,
  facts: { name: string; reference: string; automatic: boolean },
  head: Letterhead
) => ({
  subject: t(facts.automatic ? 'autopay.letter_taken_subject' : 'paying.letter_paid_subject'),
  text: [
    t('letters.greeting', { name: facts.name }),
    t(facts.automatic ? 'autopay.letter_taken' : 'paying.letter_paid', { reference: facts.reference }),
    `${head.origin}/payments/${facts.reference}`,
    head.utilityName
  ].join('\n\n')
});

/** That a payment was written down by mistake, and counts no more. */
export const takenBackLetter = (
  t: Words,
  facts: { name: string; reference: string; paid_on: string },
  head: Letterhead
) => ({
  subject: t('noted.letter_back_subject'),
  text: [
    t('letters.greeting', { name: facts.name }),
    t('noted.letter_back', { reference: facts.reference, date: writeDate(facts.paid_on, t.locale) }),
    `${head.origin}/bills`,
    t('noted.letter_back_call', { phone: head.utilityPhone }),
    head.utilityName
  ].join('\n\n')
});
