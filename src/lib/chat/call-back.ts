/** When we can call somebody back: two hours at a time, while our office is open. Pure. */
import type { Calendar } from '#lib/sla/calendar.ts';
import type { Between } from '#lib/sla/promise.ts';
import { dialled } from '#lib/platform/phone.ts';

/** A time to be called in: its local day and hours, and the moments that they are. */
export interface Window extends Between {
  /** By which a form names it. */
  id: string;
  day: string;
  begins: string;
  ends: string;
}

/** So long is one, in hours, and so much of it must be left, in minutes, for us to be able to keep it. */
const hours = 2;
const fewestMinutes = 30;

/** On so many days somebody is offered a call: the first on which it is possible, and the next. */
const days = 2;
const farthest = 14;

/** The windows of the coming working days that are not full, what is left of today's first. */
export function windowsFrom(calendar: Calendar, now: Date, isFull = (_: Window) => false): Window[] {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(calendar.zone)
    .toPlainDate();
  const found: Window[][] = [];
  for (let n = 0; n < farthest && found.length < days; n++) {
    const those = windowsOn(calendar, today.add({ days: n })).filter(
      (window) => window.to.getTime() - now.getTime() >= fewestMinutes * 60_000 && !isFull(window)
    );
    if (those.length > 0) found.push(those);
  }
  return found.flat();
}

function windowsOn({ zone, week, holidays }: Calendar, day: Temporal.PlainDate): Window[] {
  if (holidays.has(day.toString())) return [];
  return (week[day.dayOfWeek - 1] ?? []).flatMap(({ from, to }) => {
    const last = to === '24:00' ? 24 : Number(to.slice(0, 2));
    const list: Window[] = [];
    for (let hour = Number(from.slice(0, 2)); hour + hours <= last; hour += hours)
      list.push(windowOf(zone, day, hour));
    return list;
  });
}

function windowOf(zone: string, day: Temporal.PlainDate, hour: number): Window {
  const time = (at: number) => `${String(at % 24).padStart(2, '0')}:00`;
  const moment = (at: number) =>
    new Date(
      (at === 24 ? day.add({ days: 1 }) : day).toZonedDateTime({ timeZone: zone, plainTime: time(at) })
        .epochMilliseconds
    );
  const begins = time(hour);
  return {
    id: `${day.toString()}T${begins}`,
    day: day.toString(),
    ...{ begins, ends: time(hour + hours) },
    from: moment(hour),
    to: moment(hour + hours)
  };
}

/** A number as it is kept and dialled: two ways to write one are one number. */
export const numberOf = (phone: string) => dialled(phone).slice('tel:'.length);

/** So often we try before we write instead. */
export const mostTries = 3;

const asks =
  /\b(call (me|us) back|call me|ring me|phone me|callback|call back|(ll[aá]me(n)?me)|me llamen|devu[eé]lv\w* la llamada|rappel\w*[ -]moi)\b/gi;

/** "Don't call me" is the opposite of it. */
const not = /\b(don['’]?t|do not|never|no|not|sin que|ne) (want (you|anyone|anybody) to |me |to )?$/i;

/** Whether somebody wants to be called. */
export const wantsCall = (text: string): boolean =>
  [...text.matchAll(asks)].some(({ index }) => !not.test(text.slice(Math.max(0, index - 40), index)));

/** What else they say. */
export const besidesCall = (text: string): string => text.replaceAll(asks, ' ');
