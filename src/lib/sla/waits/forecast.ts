/**
 * Says in what time something will be done, from what is known at that moment. Of what reached an age lately, how much ended
 * at that age (a life table, so those that still go on count too); each kind of thing begins with what is known of
 * the wider one, and speaks for itself the more it has seen. Time is counted in hours in which things get done.
 */
import { begins, quantiles, rungOf, rungs } from './ages.ts';
import { borrowed, kindsOf, roadsTo, type Waiting } from './kinds.ts';
import { steps } from './curve.ts';
import { shares } from './loss.ts';
import { sureness } from './sureness.ts';
import { hourOfWeek, hoursOfWeek, weekOf } from './week.ts';

export type { Waiting } from './kinds.ts';

type Kept = Waiting & { closed: number | null };

/** How many reached each rung, and how many ended on it. */
type Table = { reached: Float64Array; ended: Float64Array };

/** How things of a kind went: for each way of forgetting, what reached its last rung, and what ended there. */
type Kind = { open: Set<Kept>; left: Float64Array[]; ended: Float64Array[]; count: number };

/** What happened so many days ago counts a third of today: three ways of looking back, and the mean of them is said. */
const lookingBack = [100_000, 60, 14].map((days) => days * 24);

/** What is remembered at once, however long it goes on: so many that go on, that have ended, and kinds of things. */
const most = { waiting: 100_000, ended: 50_000, kinds: 20_000 } as const;

/** So many must have ended, of anything or of the kind a curve is for, before anything is said. */
const fewest = 10;
/** An hour's wait says little about which hours are worked; less than that says who was at the counter. */
const telling = 2;
/** Nothing is said to take longer than the longest that can have been seen, and two months. */
const beyond = 60 * 24;

/** A forecast that learns as things are opened and closed, in order of time. */
export function forecaster() {
  const kinds = new Map<string, Kind>();
  const waiting = new Map<string, Kept>();
  const ended: Kept[] = [];
  const done = new Float64Array(hoursOfWeek);
  const sure = sureness();
  let week = weekOf(done);
  let [first, reckoned, grown] = [NaN, -Infinity, 0];

  return { open, close, estimate, curve };

  /** Something new; its own estimate is remembered, to learn from how it went. */
  function open(one: Waiting): number[] {
    if (Number.isNaN(first)) first = one.opened;
    if (one.opened - reckoned >= hoursOfWeek || grown > ended.length / 20) reckonAnew(one.opened);
    sure.judge(one.opened);
    const given = estimate(one, one.opened);
    const kept: Kept = { ...one, closed: null };
    if (given) sure.said(kept, given);
    remember(waiting, kept);
    for (const key of kindsOf(one)) kindOf(key).open.add(kept);
    return given ?? shares.map(() => 0);
  }

  /** It is done. */
  function close(id: string, at: number) {
    const kept = waiting.get(id);
    if (!kept) return;
    waiting.delete(id);
    kept.closed = at;
    if (at - kept.opened > telling) done[hourOfWeek(at)]! += 1;
    append(ended, kept, most.ended);
    grown += 1;
    for (const key of kindsOf(kept)) kinds.get(key)?.open.delete(kept);
    count(kept);
  }

  /** The quantiles of all the time it takes, for something of this kind that has waited for `age` hours at `now`. */
  function estimate(one: Waiting, now: number, age = 0): number[] | null {
    return told({ ...one, opened: now - age }, now, age, sure.asked(shares));
  }

  /** By when which share of such things is done; null where too few of the type have ended to say. */
  function curve(one: Waiting, now: number): number[] | null {
    if ((kinds.get(`t${one.type}`)?.count ?? 0) < fewest) return null;
    return told(one, now, 0, sure.asked(steps));
  }

  function told(one: Waiting, now: number, age: number, asked: readonly number[]): number[] | null {
    if (ended.length < fewest) return null;
    const begun = week.counted(now - age, now);
    const views = endingsOf(one, now).map((ending) => quantiles(ending, asked, begun));
    return asked.map((_, n) => {
      const until = views.reduce((sum, view) => sum + week.calendar(one.opened, view[n]!), 0) / views.length;
      return Math.max(age, Math.min(until, now - first + beyond));
    });
  }

  /** For each way of looking back: of those that reach a rung, the share that ends on it. */
  function endingsOf(one: Waiting, now: number): Float64Array[] {
    const seen = new Map(
      kindsOf(one).flatMap((key) => {
        const kind = kinds.get(key);
        return kind ? [[key, tablesOf(kind, now)] as const] : [];
      })
    );
    return lookingBack.map((_, way) => {
      const ends = roadsTo(one).map((road) =>
        road.reduce<Float64Array | null>((wider, key, n) => {
          const table = seen.get(key)?.[way];
          if (!table) return wider;
          return wider
            ? mixed(table, wider, borrowed[n]!)
            : drawnOn(isSeen(table) ? table : seen.get(key)![0]!);
        }, null)
      );
      return Float64Array.from(
        begins.keys(),
        (n) => ends.reduce((sum, end) => sum + (end?.[n] ?? 0), 0) / ends.length
      );
    });
  }

  /** What reached each rung and what ended there, each weighing by how long ago that was. */
  function tablesOf(kind: Kind, now: number): Table[] {
    const open = [...kind.open].map(({ opened }) => ({
      opened,
      rung: rungOf(week.counted(opened, now))
    }));
    return lookingBack.map((hours, way) => {
      const reached = Float64Array.from(kind.left[way]!);
      for (const { opened, rung } of open)
        if (rung > 0) reached[rung - 1]! += Math.exp((opened - reckoned) / hours);
      const past = Math.exp((reckoned - now) / hours);
      let later = 0;
      for (let n = rungs - 1; n >= 0; n--) {
        later += reached[n]!;
        reached[n] = later * past * Math.exp(begins[n]! / hours);
      }
      return { reached, ended: kind.ended[way]!.map((some) => some * past) };
    });
  }

  function count(one: Kept) {
    const closed = one.closed ?? one.opened;
    const rung = rungOf(week.counted(one.opened, closed));
    for (const key of kindsOf(one)) {
      const kind = kindOf(key);
      kind.count += 1;
      for (const [way, hours] of lookingBack.entries()) {
        kind.left[way]![rung]! += Math.exp((one.opened - reckoned) / hours);
        kind.ended[way]![rung]! += Math.exp((closed - reckoned) / hours);
      }
    }
  }

  /** Once a week, and sooner while little is known, all is counted again, by the hours in which things were done until now. */
  function reckonAnew(now: number) {
    reckoned = now;
    grown = 0;
    if (now - first >= hoursOfWeek) week = weekOf(done);
    kinds.clear();
    for (const one of waiting.values()) for (const key of kindsOf(one)) kindOf(key).open.add(one);
    for (const one of ended) count(one);
  }

  /** Of more kinds than are remembered the last to come are counted only as what they belong to, until the next week. */
  function kindOf(key: string): Kind {
    const kind = kinds.get(key) ?? {
      open: new Set(),
      left: lookingBack.map(() => new Float64Array(rungs)),
      ended: lookingBack.map(() => new Float64Array(rungs)),
      count: 0
    };
    if (kinds.size < most.kinds) kinds.set(key, kind);
    return kind;
  }
}

/** Of those that reach a rung, the share that ends on it; a kind begins with so many that went as the wider one's. */
const mixed = ({ reached, ended }: Table, wider: Float64Array, borrows: number): Float64Array =>
  wider.map((share, n) => (ended[n]! + borrows * share) / (Math.max(reached[n]!, ended[n]!) + borrows));

/** Where nothing has come for long, a short look back sees nothing. */
const isSeen = ({ reached, ended }: Table) =>
  reached[0]! >= fewest && ended.reduce((all, some) => all + some, 0) >= fewest;

/** Of the whole: beyond the ages that were seen, each rung ends as many as the last ones did. */
function drawnOn({ reached, ended }: Table): Float64Array {
  const last = reached.findLastIndex((some) => some > 0.5);
  const [from, to] = [Math.max(0, last - lastRungs + 1), last + 1];
  const sum = (list: Float64Array) => list.slice(from, to).reduce((all, some) => all + some, 0);
  const onward = 1 - Math.exp(-(sum(ended) + 0.02) / (sum(reached) + 1e-9));
  return reached.map((some, n) =>
    some > 0.5 ? (ended[n]! + 0.02) / (Math.max(some, ended[n]!) + 1) : onward
  );
}

const lastRungs = 9;

/** Adds to a list of which only the last `reach` are looked at; now and then the others are let go. */
function append(list: Kept[], one: Kept, reach: number) {
  list.push(one);
  if (list.length > reach * 1.5) list.splice(0, list.length - reach);
}

/** Remembers, and forgets the oldest where there are too many. */
function remember(map: Map<string, Kept>, one: Kept) {
  map.set(one.id, one);
  const [oldest] = map.keys();
  if (map.size > most.waiting && oldest !== undefined) map.delete(oldest);
}
