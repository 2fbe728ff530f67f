/** Two plain estimates beside ours: the last fifty that closed, and Kaplan–Meier by kind over all that is known. */
import { shares } from '#lib/sla/waits/loss.ts';
import type { Past, replay } from '#lib/sla/waits/replay.ts';

export function plainly(history: readonly Past[]): [name: string, said: ReturnType<typeof replay>][] {
  const opened = history.toSorted((one, other) => one.opened - other.opened);
  const say = (estimate: (one: Past, before: Past[]) => number[] | null) =>
    opened.flatMap((one, n) => {
      const said = estimate(one, opened.slice(0, n));
      return said ? [{ id: one.id, estimate: said }] : [];
    });
  return [
    ['the last fifty of the kind that closed', say(lastFifty)],
    ['Kaplan–Meier by kind', say(byKind)]
  ];
}

function lastFifty(one: Past, before: Past[]) {
  const closed = alike(one, before)
    .filter((other) => isClosed(other, one.opened))
    .sort((a, b) => (a.closed ?? 0) - (b.closed ?? 0))
    .slice(-50)
    .map((other) => (other.closed ?? 0) - other.opened)
    .sort((a, b) => a - b);
  return closed.length < fewest
    ? null
    : shares.map((share) => closed[Math.floor(share * closed.length)] ?? 0);
}

function byKind(one: Past, before: Past[]) {
  const spans = alike(one, before)
    .map((other) => {
      const ended = isClosed(other, one.opened);
      return { ended, hours: (ended ? (other.closed ?? 0) : one.opened) - other.opened };
    })
    .sort((a, b) => a.hours - b.hours);
  const found: number[] = [];
  let going = 1;
  for (const [n, { hours, ended }] of spans.entries()) {
    if (ended) going *= 1 - 1 / (spans.length - n);
    while (found.length < shares.length && 1 - going >= shares[found.length]! - 1e-9) found.push(hours);
  }
  const longest = (spans.at(-1)?.hours ?? 0) * 1.5;
  return shares.map((_, n) => found[n] ?? longest);
}

/** Those of its kind, or all where few of it have closed. */
function alike(one: Past, before: Past[]) {
  const own = before.filter(({ type }) => type === one.type);
  return own.filter((other) => isClosed(other, one.opened)).length < fewest ? before : own;
}

const isClosed = ({ closed }: Past, by: number) => closed !== null && closed < by;
const fewest = 10;
