/**
 * Reminding of what is overdue: the steps, on which day each may come, and what holds them back. Rules as data, by
 * jurisdiction, to be set by a utility with its regulator (winter: Maryland, November to March; in the UK for priority
 * services, October to March). The last step hands the matter to people: nothing here cuts anybody off. Pure.
 */
import { unitOf } from '../offers.ts';
import type { Jurisdiction } from '#lib/billing/programme-rules.ts';

export const dunningSteps = ['none', 'reminder', 'notice', 'final', 'credit_team'] as const;
export type DunningStep = (typeof dunningSteps)[number];
export const dunningHolds = ['dispute', 'plan', 'bank', 'paying', 'small', 'priority', 'winter'] as const;
export type DunningHold = (typeof dunningHolds)[number];

/** One step at a time; and from anywhere back to nothing, once nothing is overdue. */
export const dunningMoves: readonly (readonly [DunningStep, DunningStep])[] = [
  ['none', 'reminder'],
  ['reminder', 'notice'],
  ['notice', 'final'],
  ['final', 'credit_team'],
  ['reminder', 'none'],
  ['notice', 'none'],
  ['final', 'none'],
  ['credit_team', 'none']
];

export interface Ladder {
  /** So many days after the due day. */
  days: Record<Exclude<DunningStep, 'none'>, number>;
  /** Less than this is not chased beyond a reminder. In whole units. */
  least: number;
  /** `MM-DD`, both included; over the turn of the year. Null where there is no such rule. */
  winter: { from: string; until: string; onlyPriority: boolean } | null;
}

const usual: Ladder = {
  days: { reminder: 2, notice: 14, final: 28, credit_team: 42 },
  least: 20,
  winter: { from: '11-01', until: '03-31', onlyPriority: false }
};

const ladders: Record<Jurisdiction, Ladder> = {
  US: usual,
  UK: { ...usual, winter: { from: '10-01', until: '03-31', onlyPriority: true } },
  IN: { ...usual, least: 500, winter: null }
};

export const ladderOf = (jurisdiction: Jurisdiction): Ladder => ladders[jurisdiction];

/** A bill that is not paid whole. */
export interface OpenBill {
  due_on: string;
  open: bigint;
  disputed: boolean;
  /** A plan that is kept covers it. */
  planned: boolean;
  /** A bank that has agreed pays it by itself, and what it paid may be on its way. */
  bank: boolean;
}

export interface DunningFacts {
  bills: readonly OpenBill[];
  currency: string;
  paying: boolean;
  priority: boolean;
  step: DunningStep;
  /** The day of the last step; null before the first. */
  since: string | null;
}

export interface DunningState {
  step: DunningStep;
  holds: DunningHold[];
  /** The oldest day, and the sum, of what is overdue. */
  due_on: string;
  amount: bigint;
  /** What comes next and on which day at the earliest, were nothing in its way. */
  next: { step: DunningStep; on: string } | null;
}

/** What the day makes of an account; null where nothing is overdue. Goes at most one step. */
export function climb(facts: DunningFacts, ladder: Ladder, today: string): DunningState | null {
  const overdue = facts.bills.filter(({ open, due_on }) => open > 0n && due_on < today);
  if (overdue.length === 0) return null;
  const chased = overdue.filter(({ disputed, planned, bank }) => !disputed && !planned && !bank);
  const all = summed(overdue);
  if (chased.length === 0) {
    const holds: DunningHold[] = [
      ...(overdue.some(({ disputed }) => disputed) ? (['dispute'] as const) : []),
      ...(overdue.some(({ planned }) => planned) ? (['plan'] as const) : []),
      ...(overdue.some(({ bank }) => bank) ? (['bank'] as const) : [])
    ];
    // Agreed on, asked about or about to be paid, it is chased no more; if that ends, it begins anew with a reminder.
    return { step: 'none', holds, ...all, next: null };
  }

  const owed = summed(chased);
  const next = nextAfter(facts.step);
  if (!next) return { step: facts.step, holds: [], ...owed, next: null };
  const on = dayOf(next, facts, ladder, owed.due_on);
  const holds = holdsOn(next, { ...facts, amount: owed.amount }, ladder, today);
  if (on > today || holds.length > 0) return { step: facts.step, holds, ...owed, next: { step: next, on } };
  const after = nextAfter(next);
  const then = after && dayOf(after, { ...facts, step: next, since: today }, ladder, owed.due_on);
  return { step: next, holds: [], ...owed, next: after && then ? { step: after, on: then } : null };
}

/** What stands in the way of a step: each rule says which steps it stops. */
export function holdsOn(
  step: DunningStep,
  facts: Pick<DunningFacts, 'paying' | 'priority' | 'currency'> & { amount: bigint },
  ladder: Ladder,
  today: string
): DunningHold[] {
  const harsh = step === 'final' || step === 'credit_team';
  const { winter } = ladder;
  const isWinter =
    winter !== null && withinYear(today.slice(5), winter) && (facts.priority || !winter.onlyPriority);
  const rules: readonly [DunningHold, boolean][] = [
    ['paying', facts.paying],
    ['small', step !== 'reminder' && facts.amount < BigInt(ladder.least) * unitOf(facts.currency)],
    ['priority', harsh && facts.priority],
    ['winter', harsh && isWinter]
  ];
  return rules.filter(([, holds]) => holds).map(([hold]) => hold);
}

/** A step has its own day, but never comes sooner after the one before than the ladder has them apart. */
function dayOf(step: Exclude<DunningStep, 'none'>, facts: DunningFacts, { days }: Ladder, due: string) {
  const own = plus(due, days[step]);
  if (facts.step === 'none' || facts.since === null) return own;
  const apart = plus(facts.since, days[step] - days[facts.step]);
  return apart > own ? apart : own;
}

function nextAfter(step: DunningStep): Exclude<DunningStep, 'none'> | null {
  const next = dunningSteps[dunningSteps.indexOf(step) + 1];
  return next && next !== 'none' ? next : null;
}

/** Whether a `MM-DD` lies between two, also over the turn of the year. */
export const withinYear = (day: string, { from, until }: { from: string; until: string }) =>
  from <= until ? day >= from && day <= until : day >= from || day <= until;

const summed = (bills: readonly OpenBill[]) => ({
  due_on: bills.reduce((oldest, { due_on }) => (due_on < oldest ? due_on : oldest), '9999-12-31'),
  amount: bills.reduce((sum, { open }) => sum + open, 0n)
});

const plus = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString();
