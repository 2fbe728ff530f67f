/** When whoever is served first is asked whether they still should be. Pure. */

export const renewalStages = ['soon', 'over'] as const;
export type RenewalStage = (typeof renewalStages)[number];

/** How many days before its end a registration can be renewed without a gap. */
export const daysBefore = 30;
/** How long after it nobody is reminded any more: who did not answer twice does not want it. */
export const daysAfter = 30;

/** Where a registration stands on this day; null where there is nothing to say. */
export function renewalStage(until: string | null, today: string): RenewalStage | null {
  if (until === null) return null;
  const left = Temporal.PlainDate.from(today).until(until, { largestUnit: 'day' }).days;
  if (left > daysBefore || left < -daysAfter) return null;
  return left > 0 ? 'soon' : 'over';
}
