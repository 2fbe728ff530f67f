/**
 * What each programme allows, by jurisdiction. These are figures to be set by a utility with its regulator; what stands
 * here is within what is usual (thirds, sixths and ninths are Ohio's plans: ideastream.org, 2023-01-23).
 */

export type Jurisdiction = 'US' | 'UK' | 'IN';
export type Rhythm = 'monthly' | 'fortnightly' | 'weekly';

export interface ProgrammeRules {
  arrangement: {
    /** At most so much is agreed on at once, in whole units of the currency. */
    most: number;
    parts: readonly number[];
    rhythms: readonly Rhythm[];
    /** No part is smaller. */
    leastPart: number;
    /** The first is due within so many days. */
    firstWithin: number;
    /** So many days after its due day an instalment is missed. */
    grace: number;
    /** With so many broken within a year, a person decides. */
    broken: number;
  };
  extension: { most: number; days: number; overdueAtMost: number; grace: number; broken: number };
  budget: {
    /** Bills of so many months must be there to reckon from. */
    least: number;
    reviewMonths: number;
    grace: number;
    /** A difference up to this is settled at the end of a year; a larger one is spread again. In whole units. */
    settle: number;
    /** So many months missed end it. */
    missed: number;
  };
  reminders: { days: readonly number[] };
}

const usual: ProgrammeRules = {
  arrangement: {
    ...{ most: 2000, parts: [3, 6, 9], rhythms: ['monthly', 'fortnightly'], leastPart: 10 },
    ...{ firstWithin: 45, grace: 5, broken: 1 }
  },
  extension: { most: 1000, days: 30, overdueAtMost: 14, grace: 3, broken: 1 },
  budget: { least: 6, reviewMonths: 3, grace: 5, settle: 25, missed: 2 },
  reminders: { days: [3, 7, 14] }
};

const rules: Record<Jurisdiction, ProgrammeRules> = {
  US: usual,
  UK: {
    ...usual,
    arrangement: { ...usual.arrangement, parts: [3, 6, 12], rhythms: ['monthly', 'fortnightly', 'weekly'] },
    budget: { ...usual.budget, reviewMonths: 6 }
  },
  IN: {
    ...usual,
    arrangement: { ...usual.arrangement, most: 20_000, parts: [2, 3], rhythms: ['monthly'], leastPart: 200 },
    extension: { ...usual.extension, most: 10_000, days: 15 },
    budget: { ...usual.budget, settle: 500 }
  }
};

export const rulesOf = (jurisdiction: Jurisdiction): ProgrammeRules => rules[jurisdiction];
