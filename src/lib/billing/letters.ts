/** What we write about money: little, for a mailbox is not a safe place; the rest stands behind the sign-in. */
import type { Words } from '#lib/platform/words.ts';

export interface Letterhead {
  origin: string;
  utilityName: string;
  utilityPhone: string;
}

/** That a payment has arrived, with the way to its receipt. */
export const paidLetter = (t: Words, facts: { name: string; reference: string }, head: Letterhead) => ({
  subject: t('paying.letter_paid_subject'),
  text: [
    t('letters.greeting', { name: facts.name }),
    t('paying.letter_paid', { reference: facts.reference }),
    `${head.origin}/payments/${facts.reference}`,
    head.utilityName
  ].join('\n\n')
});
