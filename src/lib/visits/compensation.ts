/** What is owed where nobody came, or nobody let us in, by the rule of the place (as data, with its source). Pure. */
import type { Jurisdiction } from '#lib/safety/wording.ts';

export interface CompensationRule {
  /** As it stands beside the payment. */
  rule: string;
  /** In minor units of its currency. */
  amount: number;
  currency: string;
  /** By so many working days it must be paid. */
  within: number;
  /** Whether the same is owed again where it is paid later than that. */
  again: boolean;
}

/** Null where no rule asks for one: then an apology and another time is all that is promised. */
const rules: Record<Jurisdiction, CompensationRule | null> = {
  // Puget Sound Energy, customer service guarantee: $50 for a missed appointment.
  US: { rule: 'missed-appointment-guarantee', amount: 5_000, currency: 'USD', within: 10, again: false },
  // Guaranteed standards: £40, paid within 10 working days, else the same again.
  UK: { rule: 'guaranteed-standard-appointments', amount: 4_000, currency: 'GBP', within: 10, again: true },
  IN: null
};

export const compensationIn = (jurisdiction: Jurisdiction) => rules[jurisdiction];

export interface NotLetInRule {
  rule: string;
  /** In minor units; nothing where it costs nothing, which is said too. */
  amount: number;
}

/** What it costs where we came and were not let in. No rule of a place that we know asks for anything. */
const whenNotLetIn: Record<Jurisdiction, NotLetInRule> = {
  US: { rule: 'no-charge', amount: 0 },
  UK: { rule: 'no-charge', amount: 0 },
  IN: { rule: 'no-charge', amount: 0 }
};

/** By the rule of the place, or by the fee that this utility has set for itself. */
export const notLetInCharge = (jurisdiction: Jurisdiction, fee: number): NotLetInRule =>
  fee > 0 ? { rule: 'own-fee', amount: fee } : whenNotLetIn[jurisdiction];

/** So long after its last hour a visit that nobody has reported on counts as missed. */
export const graceHours = 3;
