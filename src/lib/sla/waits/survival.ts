/**
 * How long things take, told also from those that still go on (Kaplan–Meier). The slow ones are still open: whoever
 * looks only at those that have ended promises too much.
 */

/** How long one took, or, when it has not ended, how long it has gone on so far. */
export type Span = { hours: number; ended: boolean };

/**
 * The times by which these shares of them have ended, given that `age` has passed already. A share the spans do not
 * reach, because too many still go on, is drawn on from the last pace.
 */
export function quantiles(spans: readonly Span[], shares: readonly number[], age = 0): number[] {
  const sorted = spans.filter(({ hours }) => hours > age).sort((one, other) => one.hours - other.hours);
  const found: number[] = [];
  let surviving = 1;
  let last = age;
  for (const [i, { hours, ended }] of sorted.entries()) {
    if (!ended) continue;
    const before = surviving;
    surviving *= 1 - 1 / (sorted.length - i);
    while (found.length < shares.length && 1 - surviving >= shares[found.length]! - 1e-9) {
      const share = shares[found.length]!;
      const part = (before - (1 - share)) / (before - surviving);
      found.push(last + (hours - last) * Math.min(1, Math.max(0, part)));
    }
    last = hours;
  }
  const end = sorted.at(-1)?.hours ?? age;
  for (let n = found.length; n < shares.length; n++) found.push(drawnOn(1 - shares[n]!, surviving, end));
  return found;
}

/** How far beyond the longest that was seen an estimate may reach. */
const farthest = 1.5;

/** Beyond what was seen: as if they went on ending at the pace they have had on average. */
function drawnOn(wanted: number, surviving: number, end: number): number {
  const ended = Math.max(1 - surviving, 0.02);
  const pace = -Math.log(1 - Math.min(ended, 0.98)) / Math.max(end, 1e-6);
  return Math.max(end, Math.min(-Math.log(wanted) / pace, end * farthest));
}
