/** What we write about money: little, for a mailbox is not a safe place; the rest stands behind the sign-in. */
import { writeDate } from '#lib/platform/dates.ts';
import type { Words } from '#lib/platform/words.ts';
import type { KnownCard } from './card.ts';
import type { Taking } from './taking.ts';
import type { BillLetter } from './bill-letters.ts';
import { formatMoney } from './money.ts';
import type { InstalmentState } from './instalments.ts';
import type { Plan } from './plan.ts';

export interface Letterhead {
  origin: string;
  utilityName: string;
  utilityPhone: string;
}

/** That a bill is paid, however that came about. */
export const settledLetter = (
  t: Words,
  facts: { name: string; number: string; account: string },
  head: Letterhead
) => ({
  subject: t('notices.paid_subject'),
  text: [
    t('letters.greeting', { name: facts.name }),
    t('notices.paid', { number: facts.number, account: facts.account }),
    `${head.origin}/bills/${facts.number}`,
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
  /** What a kept card, or (without one) a bank, does with it. */
  taken: { taking: Taking; card: KnownCard | null } | null;
  /** Their bank pays it by itself. */
  bank: boolean;
  /** It is paid as was agreed: on the days of this plan, and not as a whole on its own. */
  plan: BillPlan | null;
}

/** A plan that covers a bill, and what it asks for next. */
export interface BillPlan {
  kind: Plan;
  next: { open: bigint; due_on: string; state: InstalmentState } | null;
  /** The last day on which that is still in time. */
  lastDay: string | null;
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
  const what = letter === 'new' ? newIs(bill) : letter;
  return {
    subject: t(`notices.${what}_subject`, facts),
    text: [
      t('letters.greeting', { name: bill.name }),
      t(`notices.${what}`, facts),
      ...(what === 'new_planned' ? planIn(t, bill, money) : []),
      ...(what === 'new' && bill.open < bill.total ? [t('notices.new_part', facts)] : []),
      ...(letter === 'new' && bill.estimated ? [t('notices.estimated')] : []),
      ...(letter === 'overdue' ? [] : takenIn(t, bill, money)),
      ...(letter !== 'new' ? [t('notices.paid_already')] : []),
      ...ways(t, letter, bill, head),
      head.utilityName
    ].join('\n\n')
  };
}

/** What a bill that has come is to its reader: on a budget nothing of it is due, even where it is paid from a credit. */
function newIs({ total, open, plan }: BillFacts) {
  if (total < 0n) return 'credit';
  if (plan && (open > 0n || plan.kind === 'budget')) return 'new_planned';
  return open <= 0n ? 'settled' : 'new';
}

/** What is to be paid instead, and when. */
function planIn(t: Words, { plan, sees }: BillFacts, money: (amount: bigint) => string): string[] {
  if (!plan?.next || !sees) return [];
  const { open, due_on, state } = plan.next;
  const said = {
    amount: money(open),
    date: writeDate(due_on, t.locale),
    until: writeDate(plan.lastDay ?? due_on, t.locale)
  };
  return [t(`programmes.${state === 'late' || state === 'missed' ? 'late' : 'next'}_${plan.kind}`, said)];
}

/** That a card pays it, or that it does not. */
function takenIn(
  t: Words,
  { taken, bank, open, sees }: BillFacts,
  money: (amount: bigint) => string
): string[] {
  if (bank && open > 0n && sees) return [t('programmes.autopay_bank')];
  if (!taken || !sees) return [];
  const { taking, card } = taken;
  if (taking.what === 'above') return [t(card ? 'autopay.bill_above' : 'autopay.bill_above_bank')];
  if (taking.what !== 'will' || !card) return [];
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
