/** What we write to people about their data and their account: a copy that is ready, closing that was asked for. */
import type { Words } from '#lib/platform/words.ts';

export interface Letterhead {
  origin: string;
  utilityName: string;
  utilityPhone: string;
}

/** The archive itself never goes by e-mail: the link leads to a page for whoever is signed in. */
export const copyReadyLetter = (t: Words, facts: { name: string; until: string }, head: Letterhead) => ({
  subject: t('privacy.letter_copy_subject'),
  text: [
    t('letters.greeting', { name: facts.name }),
    t('privacy.letter_copy', { until: facts.until }),
    `${head.origin}/account/data`,
    t('privacy.letter_copy_not_you', { phone: head.utilityPhone }),
    head.utilityName
  ].join('\n\n')
});

export type ClosingLetter = 'asked' | 'withdrawn' | 'done';

/** The way back leads to a page behind the sign-in: whoever finds the letter alone keeps and closes nothing. */
export const closingLetter = (
  t: Words,
  what: ClosingLetter,
  facts: { name: string; day: string },
  head: Letterhead
) => ({
  subject: t(`privacy.letter_closing_${what}_subject`, { day: facts.day }),
  text: [
    t('letters.greeting', { name: facts.name }),
    t(`privacy.letter_closing_${what}`, { day: facts.day }),
    ...(what === 'asked' ? [`${head.origin}/account/close`] : []),
    t('privacy.letter_closing_not_you', { phone: head.utilityPhone }),
    head.utilityName
  ].join('\n\n')
});
