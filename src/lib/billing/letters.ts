/** What we write about money: little, for a mailbox is not a safe place; the rest stands behind the sign-in. */
import { writeDate } from '#lib/platform/dates.ts';
import type { Words } from '#lib/platform/words.ts';
import type { KnownCard } from './autopay/card.ts';
import type { Taking } from './autopay/taking.ts';
import type { BillLetter } from './bill-letters.ts';
import type { DunningStep } from './dunning/ladder.ts';
import { formatMoney } from './money.ts';
import type { Plan, ProgrammeDeed, ProgrammeKind } from './programmes/programme.ts';

export interface Letterhead {
  origin: string;
  utilityName: string;
  utilityPhone: string;
}

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

/** All that a letter about a bill says. */
export interface BillFacts {
  name: string;
  number: string;
  account_number: string;
  currency: string;
  total: bigint;
  open: bigint;
  due_on: string;
  period_from: string;
  period_to: string;
  estimated: boolean;
  /** Whether its reader may see the bill: somebody who only gets notices may not. */
  sees: boolean;
  /** What a kept card does with it. */
  taken: { taking: Taking; card: KnownCard } | null;
}

/** That a bill has come, that its day is near, or that it has passed. */
export function billLetter(t: Words, letter: BillLetter, bill: BillFacts, head: Letterhead) {
  const due = writeDate(bill.due_on, t.locale);
  const money = (amount: bigint) => formatMoney(amount, bill.currency, t.locale);
  const facts = {
    ...{ number: bill.number, account: bill.account_number, due },
    from: writeDate(bill.period_from, t.locale),
    to: writeDate(bill.period_to, t.locale),
    total: money(bill.total < 0n ? -bill.total : bill.total),
    open: money(bill.open)
  };
  const what = letter === 'new' && bill.open <= 0n ? (bill.total < 0n ? 'credit' : 'settled') : letter;
  return {
    subject: t(`notices.${what}_subject`, facts),
    text: [
      t('letters.greeting', { name: bill.name }),
      t(`notices.${what}`, facts),
      ...(what === 'new' && bill.open < bill.total ? [t('notices.new_part', facts)] : []),
      ...(letter === 'new' && bill.estimated ? [t('notices.estimated')] : []),
      ...(letter === 'overdue' ? [] : takenIn(t, bill, money)),
      ...(letter !== 'new' ? [t('notices.paid_already')] : []),
      ...ways(t, letter, bill, head),
      head.utilityName
    ].join('\n\n')
  };
}

/** That a card pays it, or that it does not. */
function takenIn(t: Words, { taken, open, sees }: BillFacts, money: (amount: bigint) => string): string[] {
  if (!taken || !sees) return [];
  const { taking, card } = taken;
  if (taking.what === 'above') return [t('autopay.bill_above')];
  if (taking.what !== 'will') return [];
  const date = writeDate(taking.on, t.locale);
  return [t('autopay.bill_will', { amount: money(open), date, last: card.last_four })];
}

/** Where to go on: to the bill, or to the telephone for whoever may not see it. */
function ways(
  t: Words,
  letter: BillLetter,
  { number, account_number: account, sees }: BillFacts,
  head: Letterhead
): string[] {
  if (!sees) return [t('notices.only_notices', { phone: head.utilityPhone })];
  const bill = t('notices.where', { link: `${head.origin}/bills/${number}` });
  if (letter !== 'overdue') return [bill];
  return [
    bill,
    t('notices.cannot_pay', { link: `${head.origin}/bills/programmes/arrangement?account=${account}` })
  ];
}

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
