/** What we write for calendars is read alike by three independent parsers, also over clock changes and midnight. */
import ICAL from 'ical.js';
import ical, { type VEvent } from 'node-ical';
import { convertIcsCalendar } from 'ts-ics';
import { expect, test } from 'vitest';
import { wordsFor } from '#lib/platform/words.ts';
import { instantsOf, writeCalendar, type CalendarVisit } from './calendar.ts';

const head = {
  origin: 'https://hearth.example',
  utilityName: 'Hearth, Gas & Co; Nörd',
  mailFrom: 'Hearth <no-reply@hearth.example>'
};
const visit: CalendarVisit = {
  id: '0199aaaa-0000-7000-8000-000000000001',
  on_day: '2026-12-01',
  from_time: '08:00:00',
  to_time: '12:00:00',
  zone: 'America/New_York',
  state: 'booked',
  sequence: 0,
  changed_at: new Date('2026-11-29T12:00:00Z'),
  reference: 'ABCD-2345',
  place: '12 Mill Lane, a name as long as it takes to be folded twice over in every calendar, Millbrook'
};

/** The same facts as each of the three understands them. */
function readings(text: string) {
  const component = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const event = new ICAL.Event(component.getFirstSubcomponent('vevent') ?? undefined);
  const other = Object.values(ical.sync.parseICS(text)).find((part) => part?.type === 'VEVENT') as VEvent;
  const third = convertIcsCalendar(undefined, text).events?.[0];
  return [
    {
      uid: event.uid,
      sequence: event.sequence,
      start: event.startDate.toJSDate(),
      end: event.endDate.toJSDate(),
      place: event.location,
      status: event.component.getFirstPropertyValue('status')
    },
    {
      uid: other.uid,
      sequence: Number(other.sequence),
      start: new Date(other.start),
      end: new Date(other.end ?? 0),
      place: other.location,
      status: other.status
    },
    {
      uid: third?.uid,
      // It drops a zero.
      sequence: third?.sequence ?? 0,
      start: third?.start.date,
      end: third?.end?.date,
      place: third?.location,
      status: third?.status
    }
  ];
}

test.each([
  ['in winter', {}, '2026-12-01T13:00:00Z', '2026-12-01T17:00:00Z'],
  ['in summer', { on_day: '2026-07-01' }, '2026-07-01T12:00:00Z', '2026-07-01T16:00:00Z'],
  [
    'on the day the clocks go forward',
    { on_day: '2027-03-14', from_time: '01:30:00', to_time: '03:30:00' },
    '2027-03-14T06:30:00Z',
    '2027-03-14T07:30:00Z'
  ],
  [
    'on the day they go back',
    { on_day: '2026-11-01', from_time: '00:30:00', to_time: '02:30:00' },
    '2026-11-01T04:30:00Z',
    '2026-11-01T07:30:00Z'
  ],
  [
    'past midnight',
    { from_time: '22:00:00', to_time: '00:30:00' },
    '2026-12-02T03:00:00Z',
    '2026-12-02T05:30:00Z'
  ]
])('three parsers read a visit %s alike', (_, also, start, end) => {
  const text = writeCalendar(wordsFor('es'), [{ ...visit, ...also }], head, {
    method: 'request',
    to: 'ada@example.com'
  });
  const read = readings(text);
  for (const reading of read)
    expect(reading).toEqual({
      uid: `${visit.id}@hearth.example`,
      sequence: 0,
      start: new Date(start),
      end: new Date(end),
      place: visit.place,
      status: 'CONFIRMED'
    });
  expect(text).toContain('METHOD:REQUEST');
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
});

test('a moved visit has the same UID and a higher SEQUENCE; one that is called off goes by METHOD:CANCEL', () => {
  const t = wordsFor('en');
  const moved = writeCalendar(t, [{ ...visit, on_day: '2026-12-03', sequence: 1 }], head, {
    method: 'request'
  });
  const off = writeCalendar(t, [{ ...visit, state: 'called_off', sequence: 2 }], head, { method: 'cancel' });
  for (const [text, sequence, status] of [
    [moved, 1, 'CONFIRMED'],
    [off, 2, 'CANCELLED']
  ] as const)
    for (const reading of readings(text))
      expect(reading).toMatchObject({ uid: `${visit.id}@hearth.example`, sequence, status });
  expect(off).toContain('METHOD:CANCEL');
  expect(off).not.toContain('VALARM');
});

test('a window is as long as its hours, on the clock of its place', () => {
  const [from, to] = instantsOf(visit);
  expect(to.getTime() - from.getTime()).toBe(4 * 3_600_000);
});
