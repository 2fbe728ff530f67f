/** Telling a customer where a request stands: one plain sentence, the steps on its way, and what comes next. */
import type { Words } from '#lib/platform/words.ts';
import { writeDay } from './day.ts';
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
      day: writeDay(request.visit_on, t.locale),
      from: hour(request.visit_from),
      to: hour(request.visit_to)
    });
  }
  if ((status === 'submitted' || status === 'open') && due_at) {
    const when = writeWhen(due_at, t.locale, zone);
    if (due_at < now) return t('requests.told_late', { when });
    return t(status === 'submitted' ? 'requests.told_submitted_by' : 'requests.told_open_by', { when });
  }
  return t(`requests.told_${status}`);
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

/** A moment as people say it: "today, 14:00" is the page's; here the day and the time in the utility's zone. */
export const writeWhen = (at: Date, locale: string, zone: string) =>
  new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone
  }).format(at);

/** The utility's local day, `YYYY-MM-DD`. */
export const dayAt = (at: Date, zone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at);

const hour = (time: string | null) => (time ?? '').slice(0, 5);

type WayPoint = Extract<Status, 'submitted' | 'open' | 'scheduled' | 'resolved'>;
