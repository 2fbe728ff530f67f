/** How good an estimate was: the loss that is smallest when each quantile is passed as often as it says (pinball). */

/** The shares an estimate names: by then so many are done. */
export const shares = [0.1, 0.5, 0.8, 0.9] as const;

/** The loss of quantiles given for what then took `hours`. */
export function pinball(estimate: readonly number[], hours: number): number {
  let sum = 0;
  for (let n = 0; n < shares.length; n++) {
    const over = hours - estimate[n]!;
    sum += over >= 0 ? shares[n]! * over : (shares[n]! - 1) * over;
  }
  return sum / shares.length;
}
