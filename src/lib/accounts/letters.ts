/** What we write about an account: the code that is sent by post, and who has connected with it. */
import { writeDate } from '#lib/platform/dates.ts';
import type { Words } from '#lib/platform/words.ts';

/** What is the same in every letter of one utility. */
export interface Letterhead {
  origin: string;
  utilityName: string;
  utilityPhone: string;
}

export interface Place {
  line: string;
  town: string;
  postcode: string;
}

/** For whoever prints and posts our letters: the address it goes to, and below it the letter. */
export function codeLetter(
  t: Words,
  facts: { holder: string; number: string; code: string; place: Place; days: number },
  head: Letterhead
) {
  return {
    subject: t('accounts.letter_code_subject', { number: facts.number }),
    text: [
      addressOf(facts),
      t('accounts.letter_code', { utility: head.utilityName }),
      t('accounts.letter_code_what', {
        number: facts.number,
        postcode: facts.place.postcode,
        code: facts.code
      }),
      t('accounts.letter_code_how', { link: `${head.origin}/account/claim`, days: facts.days }),
      t('accounts.letter_code_not_you', { phone: head.utilityPhone })
    ].join('\n\n')
  };
}

/** To the holder who is not online: by post, like the code. */
export function claimedByPost(
  t: Words,
  facts: { holder: string; number: string; email: string; place: Place },
  head: Letterhead
) {
  return {
    subject: t('accounts.letter_claimed_post_subject', { number: facts.number }),
    text: [
      addressOf(facts),
      t('accounts.letter_claimed_post', { number: facts.number, email: facts.email }),
      t('accounts.letter_code_not_you', { phone: head.utilityPhone })
    ].join('\n\n')
  };
}

/** To the holder who is: somebody else may look now. A stranger's name does not stand in it, only their own address. */
export function claimedLetter(
  t: Words,
  facts: { name: string; number: string; email: string },
  head: Letterhead
) {
  return {
    subject: t('accounts.letter_claimed_subject', { number: facts.number }),
    text: [
      t('letters.greeting', { name: facts.name }),
      t('accounts.letter_claimed', { number: facts.number, email: facts.email }),
      t('accounts.letter_claimed_not_you', {
        link: `${head.origin}/account/access`,
        phone: head.utilityPhone
      })
    ].join('\n\n')
  };
}

const addressOf = ({ holder, place }: { holder: string; place: Place }) =>
  `${holder}\n${place.line}\n${place.town} ${place.postcode}`;

/** To those who may act for an account: a reading is wanted, and how to give it. */
export const readingDueLetter = (
  t: Words,
  facts: { name: string; serial: string; line: string; town: string; account: string; meter: string },
  head: Letterhead
) => ({
  subject: t('readings.letter_due_subject'),
  text: [
    t('letters.greeting', { name: facts.name }),
    t('readings.letter_due', { serial: facts.serial, place: `${facts.line}, ${facts.town}` }),
    t('readings.letter_due_how', {
      link: `${head.origin}/readings?account=${facts.account}#${facts.meter}`
    }),
    head.utilityName
  ].join('\n\n')
});

/** To whoever gave a reading that was doubted: that it counts, or that it does not and another would help. */
export const readingDecidedLetter = (
  t: Words,
  facts: {
    name: string;
    serial: string;
    digits: string;
    read_on: string;
    to: 'accepted' | 'rejected';
    account: string;
    meter: string;
  },
  head: Letterhead
) => ({
  subject: t(`readings.letter_${facts.to}_subject`),
  text: [
    t('letters.greeting', { name: facts.name }),
    t(`readings.letter_${facts.to}`, {
      digits: facts.digits,
      serial: facts.serial,
      date: writeDate(facts.read_on, t.locale),
      link: `${head.origin}/readings?account=${facts.account}#${facts.meter}`
    }),
    t('readings.letter_decided_call', { phone: head.utilityPhone }),
    head.utilityName
  ].join('\n\n')
});

/** To those who act for a place that is served first: it runs out, or has, and how to go on with it. */
export const renewalLetter = (
  t: Words,
  stage: 'soon' | 'over',
  facts: { name: string; line: string; day: string; premises: string },
  head: Letterhead
) => ({
  subject: t(`accounts.letter_priority_${stage}_subject`),
  text: [
    t('letters.greeting', { name: facts.name }),
    t(`accounts.letter_priority_${stage}`, { place: facts.line, day: facts.day }),
    `${head.origin}/account/priority?place=${facts.premises}`,
    t('accounts.letter_priority_call', { phone: head.utilityPhone }),
    head.utilityName
  ].join('\n\n')
});
