/** Telling a customer where a request stands: one plain sentence, the steps on its way, and what comes next. */
import type { ClockState, PromiseKind } from '#lib/sla/clock.ts';
import { minuteWriter } from '#lib/platform/dates.ts';
import type { Words } from '#lib/platform/words.ts';
import { writeMoment } from '#lib/ui/moment.ts';
import { dayFromToday, writeHour } from '#lib/forms/day.ts';
import type { Status } from './status.ts';

/** What the sentence needs to know. Times are instants; the visit is a local day and two local times. */
export interface Told {
  status: Status;
  due_at: Date | null;
  visit_on: string | null;
  visit_from: string | null;
  visit_to: string | null;
}

/** The sentence under the reference: what is happening, and what happens next by when. */
export function tellStatus(request: Told, t: Words, zone: string, now: Date): string {
  const { status, due_at } = request;
  if (status === 'scheduled' && request.visit_on) {
    return t('requests.told_scheduled', {
      day: sayDay(request.visit_on, t, dayAt(now, zone)),
      from: writeHour(request.visit_from, t.locale),
      to: writeHour(request.visit_to, t.locale)
    });
  }
  if ((status === 'submitted' || status === 'open') && due_at) {
    const when = sayWhen(due_at, t, zone, now);
    if (due_at < now) return t('requests.told_late', { when });
    return t(status === 'submitted' ? 'requests.told_submitted_by' : 'requests.told_open_by', { when });
  }
  return t(`requests.told_${status}`);
}

/** Counting those before somebody stops here: further back, a number would say no more. */
export const mostBefore = 50;

/** "You are 3rd in line", from how many stand before. */
export function tellPlace(before: number | null, t: Words): string | null {
  if (before === null) return null;
  if (before === 0) return t('requests.place_next');
  if (before >= mostBefore) return t('requests.place_far', { count: mostBefore });
  return t('requests.place_in_line', { place: before + 1 });
}

interface Promised {
  kind: PromiseKind;
  state: ClockState;
  due_at: Date | null;
}

/** What was promised and how it went: the latest of each kind, without what nobody waits for any more. */
export function tellPromises(promises: readonly Promised[], t: Words, zone: string, now: Date) {
  const latest = new Map(promises.map((promise) => [promise.kind, promise]));
  return [...latest.values()].flatMap(({ kind, state, due_at }) => {
    if (state === 'dropped') return [];
    const when = state === 'running' && due_at ? sayWhen(due_at, t, zone, now) : '';
    return { label: t(`requests.promise_${kind}`), said: t(`requests.promise_${state}`, { when }) };
  });
}

export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'flame';
export type Shape = 'ring' | 'half' | 'dot' | 'check' | 'cross' | 'pause';

/** How a status looks: never by colour alone, so each has a shape too. */
export const looks: Record<Status, { tone: Tone; shape: Shape }> = {
  submitted: { tone: 'neutral', shape: 'ring' },
  open: { tone: 'accent', shape: 'half' },
  waiting: { tone: 'warn', shape: 'pause' },
  scheduled: { tone: 'accent', shape: 'dot' },
  resolved: { tone: 'ok', shape: 'check' },
  closed: { tone: 'neutral', shape: 'check' },
  cancelled: { tone: 'neutral', shape: 'cross' },
  merged: { tone: 'neutral', shape: 'dot' }
};

export type Step = { label: string; state: 'done' | 'current' | 'ahead' };

/** The way of a request, from sent to done. What was cancelled or joined has no way to show. */
export function stepsOf({ status, visit_on }: Told, t: Words): Step[] {
  if (status === 'cancelled' || status === 'merged') return [];
  const way: WayPoint[] = ['submitted', 'open', ...(visit_on ? (['scheduled'] as const) : []), 'resolved'];
  const at = status === 'closed' ? way.length : status === 'waiting' ? 1 : way.indexOf(status);

  return way.map((step, index) => ({
    label: t(`requests.step_${step}`),
    state: index < at || (index === at && step === 'resolved') ? 'done' : index === at ? 'current' : 'ahead'
  }));
}

/** A moment as people say it: "6:00 PM today", "9:00 AM tomorrow", "6:00 PM on Friday, November 27". */
function sayWhen(at: Date, t: Words, zone: string, now: Date): string {
  const time = writeMoment(at, 'time', t.locale, zone);
  const day = dayAt(at, zone);
  if (day === dayAt(now, zone)) return t('requests.when_today', { time });
  if (day === dayAfter(dayAt(now, zone))) return t('requests.when_tomorrow', { time });
  return t('requests.when_day', { day: writeMoment(at, 'day', t.locale, zone), time });
}

/** The same of a day: "today", "tomorrow", "Friday, November 27". */
/** "today", "tomorrow", or the day by its name. */
export function sayDay(day: string, t: Words, today: string): string {
  if (day === today) return t('requests.day_today');
  if (day === dayAfter(today)) return t('requests.day_tomorrow');
  return t('requests.day_named', { day: writeMoment(`${day}T12:00:00Z`, 'day', t.locale, 'UTC') });
}

/** The utility's local day, `YYYY-MM-DD`, which is how Swedish writes it. */
export const dayAt = (at: Date, zone: string) => isoDay(at, 'sv-SE', zone);

const isoDay = minuteWriter({});

const dayAfter = (today: string) => dayFromToday({ days: 1 }, { today });

type WayPoint = Extract<Status, 'submitted' | 'open' | 'scheduled' | 'resolved'>;
