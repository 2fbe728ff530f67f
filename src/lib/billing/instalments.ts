/** Paying in parts: how a sum is parted over days, and how the parts stand against what was paid. Pure. */
import { shareOut } from './money.ts';
import type { Rhythm } from './programme-rules.ts';

export interface Instalment {
  number: number;
  due_on: string;
  amount: bigint;
}

/** Money that came in on a day; a credit note counts like a payment. */
export interface Received {
  day: string;
  amount: bigint;
}

export type InstalmentState = 'paid' | 'next' | 'ahead' | 'late' | 'missed';
export type StandingInstalment = Instalment & { open: bigint; state: InstalmentState };

/** A sum in so many parts, equal to the last unit, from a first day on. */
export const inParts = (sum: bigint, parts: number, first: string, rhythm: Rhythm): Instalment[] =>
  shareOut(
    sum,
    Array.from({ length: parts }, () => 1n)
  ).map((amount, index) => ({ number: index + 1, due_on: laterBy(first, index, rhythm), amount }));

/** The day so many steps later. Months are counted from the first day, so that a 31st comes back after February. */
export function laterBy(first: string, steps: number, rhythm: Rhythm): string {
  const day = Temporal.PlainDate.from(first);
  const by = { monthly: { months: steps }, fortnightly: { weeks: 2 * steps }, weekly: { weeks: steps } };
  return day.add(by[rhythm]).toString();
}

interface Ledger {
  received: readonly Received[];
  /** What had been received when it was agreed: only what came since counts. */
  before: bigint;
}

/** What has come in for an agreement by the end of a day. */
export const paidBy = (day: string, { received, before }: Ledger): bigint =>
  received.filter((one) => one.day <= day).reduce((sum, { amount }) => sum + amount, 0n) - before;

/**
 * How each part stands. What came in pays the first part first. One is missed when it was not whole on the last day of
 * its grace; a payment that came in by then counts, whenever we learn of it, and one that came later does not.
 */
export function standingOf(
  parts: readonly Instalment[],
  ledger: Ledger,
  { today, grace }: { today: string; grace: number }
): StandingInstalment[] {
  const paid = paidBy(today, ledger);
  let until = 0n;
  let nextFound = false;
  return parts.map((part) => {
    const from = until;
    until += part.amount;
    const covered = atMost(paid - from, part.amount);
    const open = part.amount - covered;
    const lastDay = Temporal.PlainDate.from(part.due_on).add({ days: grace }).toString();
    if (lastDay < today && paidBy(lastDay, ledger) < until) return { ...part, open, state: 'missed' };
    if (open === 0n) return { ...part, open, state: 'paid' };
    if (part.due_on < today) return { ...part, open, state: 'late' };
    const state = nextFound ? 'ahead' : 'next';
    nextFound = true;
    return { ...part, open, state };
  });
}

/** What is asked for first: the oldest part that is not whole. */
export const nextOf = (parts: readonly StandingInstalment[]): StandingInstalment | null =>
  parts.find(({ open, state }) => open > 0n && state !== 'paid') ?? null;

/** What days and payments make of an agreement about a debt; null while it goes on. */
export function verdictOn(parts: readonly StandingInstalment[]): 'kept' | 'broken' | null {
  if (parts.some(({ state }) => state === 'missed')) return 'broken';
  return parts.length > 0 && parts.every(({ state }) => state === 'paid') ? 'kept' : null;
}

const atMost = (amount: bigint, most: bigint) => (amount < 0n ? 0n : amount > most ? most : amount);
