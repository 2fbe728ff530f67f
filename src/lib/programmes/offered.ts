/** What the page of a programme has to offer: its choices, or why there are none. Pure. */
import { arrangementOffer, budgetOffer, extensionOffer, mayAskPerson } from './offers.ts';
import type { ProgrammeKind } from './programme.ts';
import { latestFirst, type Circumstances } from './wishes.ts';

/** The kind of request by which a person is asked instead. */
const requestTypes: Partial<Record<ProgrammeKind, string>> = {
  arrangement: 'PAY-ARR',
  extension: 'PAY-EXT',
  budget: 'BUDGET'
};

export function offeredFor(kind: ProgrammeKind, around: Circumstances) {
  const { account, rules, today, keepsCards } = around;
  const arrangement = kind === 'arrangement' ? arrangementOffer(account, rules) : null;
  const extension = kind === 'extension' ? extensionOffer(account, rules, today) : null;
  const budget = kind === 'budget' ? budgetOffer(account, rules, today) : null;
  const why = [arrangement, extension, budget].find((offer) => typeof offer === 'string');
  return {
    not: why ? { why, ask: mayAskPerson(why) ? (requestTypes[kind] ?? null) : null } : null,
    currency: account.currency,
    keepsCards,
    days: rules.reminders.days,
    today,
    reviewMonths: rules.budget.reviewMonths,
    grace: { arrangement: rules.arrangement.grace, extension: rules.extension.grace },
    latestFirst: latestFirst(rules, today),
    arrangement: typeof arrangement === 'string' ? null : arrangement,
    extension: typeof extension === 'string' ? null : extension,
    budget: typeof budget === 'string' ? null : budget
  };
}

export type Offered = ReturnType<typeof offeredFor>;
