/** What we write to whoever lets a card pay: that nothing could be taken, and that the card ends. */
import { writeDate, writeMonth } from '#lib/platform/dates.ts';
import type { Words } from '#lib/platform/words.ts';
import type { Letterhead } from '#lib/billing/letters.ts';
import { formatMoney } from '#lib/billing/money.ts';

interface Reader {
  name: string;
  /** Of the account. */
  number: string;
  last_four: string | null;
}

/** That a bill could not be taken, when it is tried again, and what else can be done. */
export function declinedLetter(
  t: Words,
  facts: Reader & { bill: string; amount: bigint; currency: string; on: string },
  head: Letterhead
) {
  const said = {
    ...{ number: facts.number, bill: facts.bill, last: facts.last_four ?? '' },
    amount: formatMoney(facts.amount, facts.currency, t.locale),
    date: writeDate(facts.on, t.locale)
  };
  return {
    subject: t('autopay.letter_declined_subject', said),
    text: [
      t('letters.greeting', { name: facts.name }),
      t('autopay.letter_declined', said),
      t('autopay.letter_pay', { link: `${head.origin}/bills/${facts.bill}/pay` }),
      t('autopay.letter_other_card', { link: programme(facts, head) }),
      head.utilityName
    ].join('\n\n')
  };
}

/** That a card ends soon, and where another is kept. */
export function expiringLetter(t: Words, facts: Reader & { valid_until: string }, head: Letterhead) {
  const said = {
    ...{ number: facts.number, last: facts.last_four ?? '' },
    month: writeMonth(facts.valid_until, t.locale)
  };
  return {
    subject: t('autopay.letter_expiring_subject', said),
    text: [
      t('letters.greeting', { name: facts.name }),
      t('autopay.letter_expiring', said),
      t('autopay.letter_other_card', { link: programme(facts, head) }),
      head.utilityName
    ].join('\n\n')
  };
}

const programme = ({ number }: Reader, { origin }: Letterhead) =>
  `${origin}/bills/programmes/autopay?account=${number}`;
