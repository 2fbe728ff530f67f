/**
 * Says in what time something will be done, from what is known at that moment. Several ways of looking back (how far, how
 * alike) each name their quantiles; they are mixed by how well each did lately, so one configuration serves steady
 * work and work that drifts.
 */
import { steps } from './curve.ts';
import { pinball, shares } from './loss.ts';
import { quantiles, type Span } from './survival.ts';

/** Something that is waited for. Times in hours from any beginning. */
export type Waiting = { id: string; opened: number; type: string; queue: string; channel: string };

type Kept = Waiting & { closed: number | null; views: number[][] | null; given: number[] | null };

/** The last things of a kind: as many as any view looks back on; how many have ended is only counted. */
type Kind = { opened: Kept[]; closed: Kept[]; ended: number };

/** How far back, counted in things of the kind, and whether those that go on count. */
const views = [
  { reach: 4_000, open: true, alike: 0 },
  { reach: 4_000, open: true, alike: 1 },
  { reach: 4_000, open: true, alike: 2 },
  { reach: 4_000, open: true, alike: 3 },
  { reach: 500, open: true, alike: 2 },
  { reach: 50, open: false, alike: 2 },
  { reach: 50, open: false, alike: 3 },
  { reach: 200, open: false, alike: 2 }
] as const;

/** What is remembered at once, however long it goes on: so many that go on, that ripen, and kinds of things. */
const most = { waiting: 100_000, ripening: 50_000, kinds: 50_000 } as const;

/** So many of a kind must have ended before the kind speaks for itself. */
const fewest = 10;
/** The age, in hours, at which each is judged. */
const ripeAt = 14 * 24;
/** How slowly the width of what is said follows what was missed. */
const slowness = 0.01;
const step = 0.003;
/** How long a view's past losses count: some two hundred cases. */
const memory = 0.995;
/** How much more the better views count. */
const eagerness = 6;

/** A forecast that learns as things are opened and closed, in order of time. */
export function forecaster() {
  const kinds = new Map<string, Kind>();
  const losses = new Float64Array(views.length);
  const waiting = new Map<string, Kept>();
  const ripening: Kept[] = [];
  const missed = { early: 0.1, late: 0.1 };
  const widening = { low: 0, high: 0 };

  return { open, close, estimate, curve };

  /** Something new; its own estimate is remembered, to learn from how it went. */
  function open(one: Waiting): number[] {
    const found = viewsOf(one, one.opened);
    const kept: Kept = { ...one, closed: null, views: found, given: mixed(found) };
    remember(waiting, one.id, kept, most.waiting);
    for (const key of keysOf(one)) append(kindOf(key).opened, kept, farthest.open);
    append(ripening, kept, most.ripening);
    judgeRipe(one.opened);
    return kept.given ?? shares.map(() => 0);
  }

  /** It is done. */
  function close(id: string, at: number) {
    const kept = waiting.get(id);
    if (!kept) return;
    waiting.delete(id);
    kept.closed = at;
    for (const key of keysOf(kept)) {
      const kind = kindOf(key);
      append(kind.closed, kept, farthest.closed);
      kind.ended += 1;
    }
  }

  /** The quantiles of all the time it takes, for something of this kind that has waited for `age` hours at `now`. */
  function estimate(one: Waiting, now: number, age = 0): number[] | null {
    return mixed(viewsOf(one, now, age))?.map((hours) => Math.max(age, hours)) ?? null;
  }

  /** By when which share of such things is done (`steps`); null where too few of the type have ended to say. */
  function curve(one: Waiting, now: number): number[] | null {
    if ((kinds.get(`t${one.type}`)?.ended ?? 0) < fewest) return null;
    return mixed(viewsOf(one, now, 0, steps), steps);
  }

  /** Each is judged at the same age, done or not, on the part of its time that is known by then: so the slow count too. */
  function judgeRipe(now: number) {
    while (ripening.length > 0 && now - ripening[0]!.opened >= ripeAt) {
      const ripe = ripening.shift()!;
      const { views: found, given, opened, closed } = ripe;
      if (!found || !given) continue;
      ripe.views = null;
      const hours = Math.min(ripeAt, (closed ?? now) - opened);
      settle(given, hours);
      const scored = found.map((view) =>
        pinball(
          view.map((q) => Math.min(q, ripeAt)),
          hours
        )
      );
      const scale = scored.reduce((sum, loss) => sum + loss, 0) / scored.length || 1;
      scored.forEach((loss, n) => (losses[n] = losses[n]! * memory + (1 - memory) * (loss / scale)));
    }
  }

  /** Widens slowly on the side that was missed too often, narrows it where it was missed too seldom. */
  function settle(given: readonly number[], hours: number) {
    const early = hours < given[0]! ? 1 : 0;
    const late = hours > given[3]! ? 1 : 0;
    missed.early += (early - missed.early) * slowness;
    missed.late += (late - missed.late) * slowness;
    if (missed.early > 0.12) widening.low += step;
    else if (missed.early < 0.08) widening.low = Math.max(-0.3, widening.low - step);
    if (missed.late > 0.12) widening.high += step;
    else if (missed.late < 0.08) widening.high = Math.max(-0.3, widening.high - step);
  }

  function mixed(found: number[][] | null, at: readonly number[] = shares): number[] | null {
    if (!found) return null;
    const best = Math.min(...losses);
    const weights = [...losses].map((loss) => Math.exp(-eagerness * (loss - best)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const plain = at.map((_, q) => found.reduce((sum, view, n) => sum + (weights[n]! / total) * view[q]!, 0));
    const middle = plain[at.indexOf(0.5)]!;
    const down = Math.min(3, widening.low);
    const up = Math.exp(Math.min(1.5, widening.high));
    // The share of one in ten moves by the whole width, those between it and the middle by their part of it.
    return plain.map((hours, q) =>
      at[q]! > 0.5 ? middle + (hours - middle) * up : hours * Math.exp((-down * (0.5 - at[q]!)) / 0.4)
    );
  }

  function viewsOf(one: Waiting, now: number, age = 0, at: readonly number[] = shares): number[][] | null {
    const keys = keysOf(one);
    const found = views.map((view) => {
      for (const key of keys.slice(view.alike)) {
        const kind = kinds.get(key);
        if (!kind) continue;
        const list = view.open ? kind.opened : kind.closed;
        if (kind.ended < fewest && key !== '') continue;
        return quantiles(
          list.slice(-view.reach).map((other) => spanOf(other, now)),
          at,
          age
        );
      }
      return null;
    });
    return found.every((view) => view !== null) ? found : null;
  }

  function kindOf(key: string) {
    let kind = kinds.get(key);
    if (!kind) remember(kinds, key, (kind = { opened: [], closed: [], ended: 0 }), most.kinds);
    return kind;
  }
}

/** How far back any view looks among those that were opened, and among those that have ended. */
const farthest = {
  open: Math.max(...views.map(({ open, reach }) => (open ? reach : 0))),
  closed: Math.max(...views.map(({ open, reach }) => (open ? 0 : reach)))
};

/** Adds to a list of which only the last `reach` are looked at; now and then the others are let go. */
function append(list: Kept[], one: Kept, reach: number) {
  list.push(one);
  if (list.length > reach * 1.5) list.splice(0, list.length - reach);
}

/** Remembers, and forgets the oldest where there are too many. */
function remember<T>(map: Map<string, T>, key: string, value: T, mostOf: number) {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > mostOf && oldest !== undefined) map.delete(oldest);
}

const spanOf = ({ opened, closed }: Kept, now: number): Span =>
  closed !== null && closed <= now
    ? { hours: closed - opened, ended: true }
    : { hours: now - opened, ended: false };

/** What counts as alike, the closest first. */
function keysOf({ type, queue, channel, opened }: Waiting): string[] {
  const hour = ((opened % 168) + 168) % 168;
  const day = Math.floor(hour / 24);
  const part = hour % 24 >= 17 || hour % 24 < 7 ? 'night' : 'day';
  return [
    `${type}|${queue}|${channel}|${day}${part}`,
    `${type}|${queue}|${channel}`,
    `${type}|${queue}`,
    `t${type}`,
    ''
  ];
}
