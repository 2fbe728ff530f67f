/** What we write about what is overdue and about agreements: steps, days and what became of them. */
import { writeDate } from '#lib/platform/dates.ts';
import type { Words } from '#lib/platform/words.ts';
import type { DunningStep } from './dunning/ladder.ts';
import type { Letterhead } from '#lib/billing/letters.ts';
import { formatMoney } from '#lib/billing/money.ts';
import type { ProgrammeDeed, ProgrammeKind } from './programme.ts';
import type { Plan } from '#lib/billing/plan.ts';

/** A step of reminding of what is overdue; a copy of it for whoever is to hear of such letters. */
export function dunningLetter(
  t: Words,
  facts: {
    step: Exclude<DunningStep, 'none' | 'reminder'>;
    name: string;
    number: string;
    amount: bigint;
    currency: string;
    due_on: string;
    copy: boolean;
  },
  head: Letterhead
) {
  const said = {
    number: facts.number,
    amount: formatMoney(facts.amount, facts.currency, t.locale),
    date: writeDate(facts.due_on, t.locale)
  };
  return {
    subject: t(`dunning.letter_${facts.step}_subject`, said),
    text: [
      t('letters.greeting', { name: facts.name }),
      ...(facts.copy ? [t('dunning.letter_copy')] : []),
      t(`dunning.letter_${facts.step}`, said),
      ...(facts.copy ? [] : [`${head.origin}/bills/programmes/arrangement?account=${facts.number}`]),
      t('dunning.letter_call', { phone: head.utilityPhone }),
      head.utilityName
    ].join('\n\n')
  };
}

/** A day of a plan: that it comes, or that it has passed and what that means. */
export function instalmentLetter(
  t: Words,
  facts: {
    letter: 'due' | 'late';
    kind: Plan;
    name: string;
    number: string;
    open: bigint;
    currency: string;
    due_on: string;
    lastDay: string;
  },
  head: Letterhead
) {
  const said = {
    number: facts.number,
    amount: formatMoney(facts.open, facts.currency, t.locale),
    date: writeDate(facts.due_on, t.locale),
    until: writeDate(facts.lastDay, t.locale)
  };
  return {
    subject: t(`dunning.instalment_${facts.letter}_subject`, said),
    text: [
      t('letters.greeting', { name: facts.name }),
      t(`programmes.${facts.letter === 'due' ? 'next' : 'late'}_${facts.kind}`, said),
      `${head.origin}/bills/programmes/${facts.kind}?account=${facts.number}`,
      head.utilityName
    ].join('\n\n')
  };
}

/** That something became of a programme, with the way to where it stands. */
export const programmeLetter = (
  t: Words,
  facts: { name: string; number: string; kind: ProgrammeKind; what: ProgrammeDeed },
  head: Letterhead
) => ({
  subject: t('programmes.letter_subject'),
  text: [
    t('letters.greeting', { name: facts.name }),
    // No instalment was missed there: the card did not pay.
    facts.kind === 'autopay' && facts.what === 'broken'
      ? t('autopay.letter_stopped', { number: facts.number })
      : t(`programmes.letter_${facts.what}`, { number: facts.number, name: t(`programmes.${facts.kind}`) }),
    `${head.origin}/bills/programmes/${facts.kind}?account=${facts.number}`,
    t('programmes.letter_not_you', { phone: head.utilityPhone }),
    head.utilityName
  ].join('\n\n')
});
