/** What somebody asks for in the form of a programme: read, judged, and made into days and amounts. Pure. */
import { isDay } from '#lib/platform/dates.ts';
import { minorDigits, minorOf } from '#lib/billing/money.ts';
import { readAmount } from '#lib/billing/typed-amount.ts';
import { amountsOf } from './budget.ts';
import { inParts, laterBy, type Instalment } from '#lib/billing/instalments.ts';
import {
  arrangementOffer,
  budgetOffer,
  extensionOffer,
  unitOf,
  type Account,
  type WhyNot
} from './offers.ts';
import type { AutopayMethod, ProgrammeKind } from './programme.ts';
import type { ProgrammeRules } from '#lib/billing/programme-rules.ts';

/** What is agreed on, as it will stand in the database. */
export interface Proposal {
  kind: ProgrammeKind;
  currency: string;
  amount: bigint | null;
  instalments: Instalment[];
  review_on: string | null;
  method: AutopayMethod | null;
  most: bigint | null;
  days: number | null;
}

export type WishProblem =
  | 'choose_parts'
  | 'choose_rhythm'
  | 'all_before_due'
  | 'choose_method'
  | 'choose_days'
  | 'first_wrong'
  | 'day_wrong'
  | 'most_wrong';

/** `why`: it is not on offer. `problems`: by the name of the field. */
export type Read =
  | { ok: true; proposal: Proposal }
  | { ok: false; why: WhyNot }
  | { ok: false; why: null; problems: Record<string, WishProblem> };

export type Typed = Readonly<Record<string, string>>;
export interface Circumstances {
  account: Account;
  rules: ProgrammeRules;
  today: string;
  /** Whether whoever takes cards keeps one for the next bill. */
  keepsCards: boolean;
}

export const wishFields = ['parts', 'rhythm', 'first_on', 'pay_on', 'method', 'most', 'days'] as const;

export function readWish(kind: ProgrammeKind, typed: Typed, around: Circumstances): Read {
  switch (kind) {
    case 'arrangement':
      return readArrangement(typed, around);
    case 'extension':
      return readExtension(typed, around);
    case 'budget':
      return readBudget(around);
    case 'autopay':
      return readAutopay(typed, around);
    case 'reminders':
      return readReminders(typed, around);
    case 'paperless':
      return { ok: true, proposal: proposed(kind, around) };
  }
}

function readArrangement(typed: Typed, around: Circumstances): Read {
  const offer = arrangementOffer(around.account, around.rules);
  if (typeof offer === 'string') return { ok: false, why: offer };
  const parts = offer.parts.find((count) => String(count) === typed['parts']);
  const rhythm = offer.rhythms.find((one) => one === typed['rhythm']);
  const first = typed['first_on'] ?? '';
  const firstIsRight =
    isDay(first) && first >= around.today && first <= latestFirst(around.rules, around.today);
  if (!parts || !rhythm || !firstIsRight)
    return no({
      ...(!parts && { parts: 'choose_parts' }),
      ...(!rhythm && { rhythm: 'choose_rhythm' }),
      ...(!firstIsRight && { first_on: 'first_wrong' })
    });
  const instalments = inParts(offer.amount, parts, first, rhythm);
  const due = around.account.bills[0]?.due_on ?? around.today;
  // Parts that are all due before the bill itself give nobody more time.
  if ((instalments.at(-1)?.due_on ?? '') <= due) return no({ first_on: 'all_before_due' });
  return { ok: true, proposal: { ...proposed('arrangement', around), amount: offer.amount, instalments } };
}

function readExtension(typed: Typed, around: Circumstances): Read {
  const offer = extensionOffer(around.account, around.rules, around.today);
  if (typeof offer === 'string') return { ok: false, why: offer };
  const day = typed['pay_on'] ?? '';
  if (!isDay(day) || day <= offer.after || day > offer.until) return no({ pay_on: 'day_wrong' });
  const instalments = [{ number: 1, due_on: day, amount: offer.amount }];
  return { ok: true, proposal: { ...proposed('extension', around), amount: offer.amount, instalments } };
}

function readBudget(around: Circumstances): Read {
  const { account, rules, today } = around;
  const offer = budgetOffer(account, rules, today);
  if (typeof offer === 'string') return { ok: false, why: offer };
  const instalments = budgetMonths({ account, rules, first: offer.first, after: 0, yearEnds: false });
  return {
    ok: true,
    proposal: {
      ...proposed('budget', around),
      amount: offer.monthly,
      instalments,
      review_on: instalments.at(-1)?.due_on ?? today
    }
  };
}

/** The months of a budget until it is looked at again. `after`: how many there have been. */
export const budgetMonths = ({
  account,
  rules,
  first,
  after,
  yearEnds
}: {
  account: Pick<Account, 'bills' | 'balance' | 'currency'>;
  rules: ProgrammeRules;
  /** The day of the very first month. */
  first: string;
  after: number;
  yearEnds: boolean;
}): Instalment[] =>
  amountsOf(account.bills, account.balance, {
    months: rules.budget.reviewMonths,
    yearEnds,
    settle: BigInt(rules.budget.settle) * unitOf(account.currency)
  }).map((amount, index) => ({
    number: after + index + 1,
    due_on: laterBy(first, after + index, 'monthly'),
    amount
  }));

function readAutopay(typed: Typed, around: Circumstances): Read {
  const method = methodIn(typed['method'], around.keepsCards);
  const { currency } = around.account;
  const limit = (typed['most'] ?? '').trim();
  const most = limit === '' ? null : readAmount(limit, currency, topOf(currency));
  if (!method || most?.ok === false)
    return no({
      ...(!method && { method: 'choose_method' }),
      ...(most?.ok === false && { most: 'most_wrong' })
    });
  return {
    ok: true,
    proposal: { ...proposed('autopay', around), method, most: most ? most.amount : null }
  };
}

const methodIn = (text: string | undefined, keepsCards: boolean): AutopayMethod | null =>
  text === 'bank' || (text === 'card' && keepsCards) ? text : null;

/** More than any bill. */
const topOf = (currency: string) => minorOf('1000000', minorDigits(currency)) ?? 0n;

function readReminders(typed: Typed, around: Circumstances): Read {
  const days = around.rules.reminders.days.find((count) => String(count) === typed['days']);
  if (!days) return no({ days: 'choose_days' });
  return { ok: true, proposal: { ...proposed('reminders', around), days } };
}

/** The last day on which the first part may be due. */
export const latestFirst = (rules: ProgrammeRules, today: string) =>
  Temporal.PlainDate.from(today).add({ days: rules.arrangement.firstWithin }).toString();

const no = (problems: Record<string, WishProblem>): Read => ({ ok: false, why: null, problems });

const proposed = (kind: ProgrammeKind, { account }: Circumstances): Proposal => ({
  ...{ kind, currency: account.currency, amount: null, instalments: [], review_on: null },
  ...{ method: null, most: null, days: null }
});
