/** Visits as calendars understand them (RFC 5545): the same UID for a visit's whole life, a higher SEQUENCE with each change. */
import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Words } from '#lib/platform/words.ts';

/** What a calendar is told of a visit. Local times and the zone they are in. */
export interface CalendarVisit {
  id: string;
  on_day: string;
  from_time: string;
  to_time: string;
  zone: string;
  state: string;
  sequence: number;
  changed_at: Date;
  reference: string;
  place: string | null;
}

export interface CalendarHead {
  origin: string;
  utilityName: string;
  mailFrom?: string;
}

/** `publish`: to be read; `request` and `cancel`: sent by letter, and the calendar changes by them. */
export type CalendarMethod = 'publish' | 'request' | 'cancel';

/** `to` is who is visited, where it is sent to somebody. */
export function writeCalendar(
  t: Words,
  visits: readonly CalendarVisit[],
  head: CalendarHead,
  { method, to }: { method: CalendarMethod; to?: string }
): string {
  const calendar = ical({
    name: t('visits.calendar_name', { utility: head.utilityName }),
    prodId: { company: 'Hearth', product: 'Visits', language: t.locale.toUpperCase() },
    method: methods[method]
  });
  for (const visit of visits) {
    const [start, end] = instantsOf(visit);
    const off = visit.state === 'called_off' || visit.state === 'missed';
    const link = `${head.origin}/requests/${visit.reference}`;
    const event = calendar.createEvent({
      id: `${visit.id}@${new URL(head.origin).hostname}`,
      sequence: visit.sequence,
      ...{ start, end, stamp: visit.changed_at, lastModified: visit.changed_at },
      summary: t('visits.calendar_title', { utility: head.utilityName }),
      description: t('visits.calendar_text', { reference: visit.reference, link }),
      location: visit.place,
      url: link,
      status: off ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED
    });
    const address = addressIn(head.mailFrom);
    if (address) event.organizer({ name: head.utilityName, email: address });
    if (to) event.createAttendee({ email: to, rsvp: false });
    if (!off) event.createAlarm({ type: ICalAlarmType.display, trigger: 86_400 });
  }
  return calendar.toString();
}

/** Both ends as instants: a window past midnight ends on the next day, and clocks that change are minded. */
export function instantsOf({
  on_day,
  from_time,
  to_time,
  zone
}: Pick<CalendarVisit, 'on_day' | 'from_time' | 'to_time' | 'zone'>) {
  const day = Temporal.PlainDate.from(on_day);
  const at = (date: Temporal.PlainDate, plainTime: string) =>
    new Date(date.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds);
  return [at(day, from_time), at(to_time <= from_time ? day.add({ days: 1 }) : day, to_time)] as const;
}

const methods = {
  publish: ICalCalendarMethod.PUBLISH,
  request: ICalCalendarMethod.REQUEST,
  cancel: ICalCalendarMethod.CANCEL
};

const addressIn = (from = '') => /[^\s<>"]+@[^\s<>"]+/.exec(from)?.[0];
