/** A payment that reached the utility outside Hearth, as somebody at the desk writes it down. What they type. Pure. */
import type { Actor } from '#lib/platform/actor.ts';
import { plain } from '#lib/platform/cleaning.ts';
import { isDay } from '#lib/platform/dates.ts';
import type { Words } from '#lib/platform/words.ts';
import { formatMoney, minorDigits } from '#lib/billing/money.ts';
import { typedAmount } from '#lib/billing/typed-amount.ts';

export const notedMethods = ['cash', 'bank', 'cheque'] as const;
export type NotedMethod = (typeof notedMethods)[number];

export interface NotedTyped {
  /** The number of a bill, or nothing for the account as a whole. */
  bill: string;
  method: string;
  amount: string;
  paid_on: string;
  number: string;
  note: string;
  /** `yes`, where it is meant that this is more than is owed. */
  credit: string;
}

export interface Noted {
  bill: string | null;
  method: NotedMethod;
  amount: bigint;
  paid_on: string;
  number: string | null;
  note: string | null;
}

export interface ToNote {
  /** What is owed in all; null where the form was sent before, and what is owed has changed by it. */
  balance: bigint | null;
  currency: string;
  today: string;
  /** The numbers of the account's bills. */
  bills: readonly string[];
}

export type NotedProblems = Partial<Record<keyof NotedTyped, string>>;

/** Whoever writes it down does not take it back themself: a supervisor does, or an admin. */
export const canTakeBack = (actor: Actor): boolean =>
  actor.kind === 'person' && (actor.role === 'supervisor' || actor.role === 'admin');

/** Why it is taken back, or nothing where too little or too much was said. */
export function readReason(typed: string): string | null {
  const reason = typed.trim();
  return reason.length < 3 || reason.length > longestNote ? null : reason;
}

export const longestNumber = 40;
export const longestNote = 500;

/** Nobody looks for a payment that is older than a year. */
export const earliestNoted = (today: string) =>
  Temporal.PlainDate.from(today).subtract({ years: 1 }).toString();

/** A million of whatever is paid with: what is more is a slip of the finger. */
export const mostNoted = (currency: string) => 1_000_000n * 10n ** BigInt(minorDigits(currency));

/** What was written down, or what is wrong with it in words. */
export function readNoted(
  typed: NotedTyped,
  around: ToNote,
  t: Words
): { ok: true; noted: Noted } | { ok: false; problems: NotedProblems } {
  const amount = typedAmount(typed.amount, around.currency);
  const method = notedMethods.find((one) => one === typed.method);
  const number = plain(typed.number).toUpperCase().replace(/\s/g, '');
  const note = typed.note.trim();
  const day = dayProblem(typed.paid_on, around.today, t);
  const wrong = amountProblem(amount, around, typed.credit === 'yes', t);
  const problems: NotedProblems = {
    ...(typed.bill !== '' && !around.bills.includes(typed.bill) && { bill: t('noted.bill_none') }),
    ...(!method && { method: t('noted.method_none') }),
    ...wrong,
    ...(day && { paid_on: day }),
    ...numberProblem(number, method, around.currency, t),
    ...(note.length > longestNote && { note: t('noted.note_long', { most: longestNote }) })
  };
  if (amount === null || !method || Object.keys(problems).length > 0) return { ok: false, problems };
  return {
    ok: true,
    noted: {
      ...{ method, amount, bill: typed.bill || null, paid_on: typed.paid_on },
      ...{ number: number || null, note: note || null }
    }
  };
}

/** Money may be held for a customer, but who types too many noughts is asked first. */
function amountProblem(
  amount: bigint | null,
  { balance, currency }: ToNote,
  meant: boolean,
  t: Words
): NotedProblems {
  const money = (minor: bigint) => formatMoney(minor, currency, t.locale);
  if (amount === null || amount <= 0n) return { amount: t('noted.amount_none') };
  if (amount > mostNoted(currency))
    return { amount: t('noted.amount_most', { most: money(mostNoted(currency)) }) };
  const owed = balance === null || balance > 0n ? balance : 0n;
  if (meant || owed === null || amount <= owed) return {};
  return { credit: t('noted.credit_sure', { owed: money(owed), held: money(amount - owed) }) };
}

function dayProblem(day: string, today: string, t: Words): string | null {
  if (!isDay(day)) return t('noted.day_none');
  if (day > today) return t('noted.day_ahead');
  return day < earliestNoted(today) ? t('noted.day_old') : null;
}

/** Cash may come without; a transfer and a cheque always have one. */
function numberProblem(
  number: string,
  method: NotedMethod | undefined,
  currency: string,
  t: Words
): NotedProblems {
  if (number === '')
    return method === undefined || method === 'cash' ? {} : { number: t('noted.number_none', { currency }) };
  return number.length <= longestNumber && /^[A-Z0-9][A-Z0-9./-]*$/.test(number)
    ? {}
    : { number: t('noted.number_wrong', { most: longestNumber }) };
}
