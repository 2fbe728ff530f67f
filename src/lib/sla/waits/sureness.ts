/**
 * Whether what is said comes true as often as it says, put right as it goes on: a share that was passed too often is asked
 * for a little higher, one that was passed too seldom a little lower (adaptive conformal inference). Each is judged when its
 * time is over, done or not, so that slow work counts as much as quick.
 */
import { shares } from './loss.ts';

/** What was said of one, and until when it has not ended. */
type Said = { opened: number; closed: number | null };
type Due = { one: Said; n: number; until: number };

/** How quickly it follows, and how far: by four fifths of the way to never, or to always. */
const pace = 0.0015;
const farthest = 0.8;

export function sureness() {
  const moved = shares.map(() => 0);
  const due = new Map<number, Due[]>();
  let today = NaN;

  return { said, judge, asked };

  /** Remembers what was said, to judge it when it is time. */
  function said(one: Said, hours: readonly number[]) {
    hours.forEach((within, n) => {
      const until = one.opened + within;
      const day = dayOf(until) + 1;
      const list = due.get(day);
      if (list) list.push({ one, n, until });
      else due.set(day, [{ one, n, until }]);
    });
  }

  function judge(now: number) {
    const last = dayOf(now);
    if (Number.isNaN(today)) today = last;
    for (; today <= last; today++) {
      for (const { one, n, until } of due.get(today) ?? []) {
        const came = one.closed !== null && one.closed <= until ? 1 : 0;
        const most = farthest * Math.min(shares[n]!, 1 - shares[n]!);
        moved[n] = Math.max(-most, Math.min(most, moved[n]! + pace * (shares[n]! - came)));
      }
      due.delete(today);
    }
  }

  /** The shares to ask for instead of these; those between move with their neighbours. */
  function asked(wanted: readonly number[]): number[] {
    let before = 0;
    return wanted.map((share) => (before = Math.max(before + 0.001, share + moveAt(share))));
  }

  function moveAt(share: number): number {
    const next = shares.findIndex((known) => known >= share);
    const [from, to] = [shares[next - 1] ?? 0, next < 0 ? 1 : shares[next]!];
    const [low, high] = [moved[(next < 0 ? shares.length : next) - 1] ?? 0, next < 0 ? 0 : moved[next]!];
    return low + ((share - from) / (to - from)) * (high - low);
  }
}

const dayOf = (hours: number) => Math.floor(hours / 24);
