/** Whether a programme is offered at once, and with what; or why not, so that a person looks at it. Pure. */
import { minorDigits } from '#lib/billing/money.ts';
import { averageOf, monthlyOf } from './budget.ts';
import type { ProgrammeRules, Rhythm } from '#lib/billing/programme-rules.ts';

/** What is known of an account when somebody asks. */
export interface Account {
  currency: string;
  /** What is owed in all. */
  balance: bigint;
  /** How many days ago the oldest open bill was due; 0 where nothing is late. */
  overdueDays: number;
  /** How many bills are open. */
  openBills: number;
  /** Newest first. */
  bills: readonly { total: bigint; due_on: string }[];
  /** Agreements about a debt that were broken within a year. */
  broken: number;
  /** Which plan is in force, if one is. */
  plan: string | null;
}

export type WhyNot =
  | 'plan'
  | 'nothing_owed'
  | 'too_much'
  | 'too_little'
  | 'broken'
  | 'too_late'
  | 'older_bills'
  | 'few_bills'
  | 'overdue';

/** No offer is made, but a person may find a way. */
const personMayHelp: ReadonlySet<WhyNot> = new Set([
  'too_much',
  'too_little',
  'broken',
  'too_late',
  'older_bills',
  'few_bills'
]);
export const mayAskPerson = (why: WhyNot) => personMayHelp.has(why);

export interface ArrangementOffer {
  amount: bigint;
  parts: number[];
  rhythms: readonly Rhythm[];
}

export function arrangementOffer(account: Account, rules: ProgrammeRules): WhyNot | ArrangementOffer {
  const { most, parts, rhythms, leastPart, broken } = rules.arrangement;
  const unit = unitOf(account.currency);
  if (account.plan) return 'plan';
  if (account.balance <= 0n) return 'nothing_owed';
  if (account.broken >= broken) return 'broken';
  if (account.balance > BigInt(most) * unit) return 'too_much';
  const fitting = parts.filter((count) => account.balance / BigInt(count) >= BigInt(leastPart) * unit);
  return fitting.length === 0 ? 'too_little' : { amount: account.balance, parts: fitting, rhythms };
}

export interface ExtensionOffer {
  amount: bigint;
  /** Only a later day gives more time. */
  after: string;
  /** The last day that can be chosen. */
  until: string;
}

/** More time for the newest bill, where nothing older is open. Counted from its due day, or from today once that has passed. */
export function extensionOffer(
  account: Account,
  rules: ProgrammeRules,
  today: string
): WhyNot | ExtensionOffer {
  const { most, days, overdueAtMost, broken } = rules.extension;
  if (account.plan) return 'plan';
  if (account.balance <= 0n) return 'nothing_owed';
  if (account.broken >= broken) return 'broken';
  if (account.openBills > 1) return 'older_bills';
  if (account.overdueDays > overdueAtMost) return 'too_late';
  if (account.balance > BigInt(most) * unitOf(account.currency)) return 'too_much';
  const due = account.bills[0]?.due_on ?? today;
  const after = due < today ? today : due;
  return {
    amount: account.balance,
    after,
    until: Temporal.PlainDate.from(after).add({ days }).toString()
  };
}

export interface BudgetOffer {
  monthly: bigint;
  average: bigint;
  /** What is owed or held now, which is spread over twelve months. */
  balance: bigint;
  /** How many bills it was reckoned from. */
  from: number;
  first: string;
}

export function budgetOffer(account: Account, rules: ProgrammeRules, today: string): WhyNot | BudgetOffer {
  if (account.plan) return 'plan';
  if (account.overdueDays > 0) return 'overdue';
  const months = account.bills.filter(({ total }) => total > 0n).slice(0, 12).length;
  if (months < rules.budget.least) return 'few_bills';
  return {
    monthly: monthlyOf(account.bills, account.balance),
    average: averageOf(account.bills),
    balance: account.balance,
    from: months,
    first: firstDay(account.bills[0]?.due_on ?? today, today)
  };
}

/** On the same day of the month as bills are due, from tomorrow on. */
export function firstDay(due: string, today: string): string {
  const day = Temporal.PlainDate.from(due);
  for (let months = 0; ; months += 1) {
    const next = day.add({ months }).toString();
    if (next > today) return next;
  }
}

export const unitOf = (currency: string) => 10n ** BigInt(minorDigits(currency));
