/** Emergencies of the town: what was written, in whose words, who saw to it and how it ended. The last was today. */
import { randomUUIDv7 } from 'node:crypto';
import { emergencyReferenceFrom } from '#lib/emergencies/reference.ts';
import type { EntryKind, Hazard, StandDownReason } from '#lib/emergencies/life.ts';
import { safetyWording, type Jurisdiction } from '#lib/safety/wording.ts';
import type { Chance } from './chance.ts';

interface Call {
  /** How many minutes ago. */
  ago: number;
  text: string;
  locale: 'en' | 'es' | 'hi' | 'fr';
  hazard: Hazard;
  verdict?: 'possible' | 'reported';
  channel: 'form' | 'draft' | 'message' | 'phone';
  /** Which resident wrote it, by their place in the list; a visitor where none is said. */
  by?: number;
  phone?: string;
  place?: string;
  reason?: StandDownReason;
  /** What happened then, and how many minutes after it came in. */
  then: readonly (readonly [EntryKind, number])[];
}

const day = 24 * 60;

const calls: readonly Call[] = [
  {
    ...{ ago: 410 * day, hazard: 'gas', locale: 'en', channel: 'form', by: 14 },
    text: 'There is a strong smell of gas in the stairwell, it is worst by the meters on the ground floor.',
    ...{ phone: '207 555 0134', place: 'Front stairwell, ground floor' },
    then: [
      ['contact_given', 1],
      ['acknowledged', 1],
      ['dispatched', 3],
      ['attended', 27],
      ['made_safe', 74]
    ]
  },
  {
    ...{ ago: 262 * day, hazard: 'co', locale: 'es', channel: 'draft' },
    text: 'Suena la alarma de monóxido de carbono y a mi madre le duele la cabeza',
    phone: '207 555 0171',
    then: [
      ['contact_given', 2],
      ['escalated', 1],
      ['acknowledged', 2],
      ['dispatched', 4],
      ['attended', 22],
      ['made_safe', 65]
    ]
  },
  {
    ...{ ago: 171 * day, hazard: 'gas', locale: 'hi', channel: 'form', by: 41 },
    text: 'रसोई में गैस की तेज़ गंध आ रही है, खिड़कियाँ खोल दी हैं',
    then: [
      ['acknowledged', 1],
      ['dispatched', 2],
      ['attended', 35],
      ['made_safe', 58]
    ]
  },
  {
    ...{ ago: 96 * day, hazard: 'co', locale: 'en', channel: 'message', by: 63, verdict: 'possible' },
    text: 'The flame of the boiler has been more yellow than blue since yesterday. Is that a bad sign?',
    reason: 'said_safe',
    then: [
      ['acknowledged', 1],
      ['said_safe', 3],
      ['stood_down', 9]
    ]
  },
  {
    ...{ ago: 58 * day, hazard: 'gas', locale: 'fr', channel: 'form' },
    text: 'Ça sent le gaz dans la cave et on entend un sifflement près du compteur.',
    place: '18 Kiln Lane, la cave',
    then: [
      ['said_again', 1],
      ['contact_given', 2],
      ['acknowledged', 2],
      ['dispatched', 3],
      ['attended', 19],
      ['made_safe', 96]
    ]
  },
  {
    ...{ ago: 12 * day, hazard: 'fire', locale: 'en', channel: 'phone', verdict: 'reported', by: 5 },
    text: 'The caller says there was a bang at the meter box and it burns. Everybody is outside.',
    phone: '207 555 0188',
    then: [
      ['acknowledged', 0],
      ['dispatched', 1],
      ['attended', 11],
      ['made_safe', 140]
    ]
  },
  {
    ...{ ago: 3 * day, hazard: 'gas', locale: 'en', channel: 'form' },
    text: 'Autumn drill: smell of gas reported at the depot.',
    reason: 'drill',
    then: [
      ['acknowledged', 1],
      ['stood_down', 15]
    ]
  },
  {
    ...{ ago: 38, hazard: 'gas', locale: 'en', channel: 'form', by: 22 },
    text: 'We smell gas in the garden, where they dug up the road last week.',
    ...{ phone: '207 555 0119', place: 'Back garden, by the wall to the road' },
    then: [
      ['contact_given', 1],
      ['acknowledged', 1],
      ['dispatched', 3],
      ['attended', 16],
      ['made_safe', 33]
    ]
  }
];

interface Setting {
  people: readonly { id: string; role: string; team_id: string | null }[];
  teamOf: (group: string) => string;
  jurisdiction: Jurisdiction;
  now: Date;
}

export function makeEmergencies({ people, teamOf, jurisdiction, now }: Setting, luck: Chance) {
  const residents = people.filter(({ role }) => role === 'customer');
  const onDuty =
    people.find(({ role, team_id }) => role === 'agent' && team_id === teamOf('supply')) ?? nobody;
  const made = calls.map((call) => make(call, { residents, onDuty, jurisdiction, now }, luck));
  return { emergencies: made.map(({ row }) => row), entries: made.flatMap(({ entries }) => entries) };
}

interface Scene {
  residents: readonly Somebody[];
  onDuty: Somebody;
  jurisdiction: Jurisdiction;
  now: Date;
}

interface Somebody {
  id: string | null;
  role: string;
}

function make(call: Call, { residents, onDuty, jurisdiction, now }: Scene, luck: Chance) {
  const id = randomUUIDv7();
  const received = new Date(now.getTime() - call.ago * 60_000);
  const after = (minutes: number) =>
    new Date(received.getTime() + minutes * 60_000 + luck.whole(1, 40) * 1000);
  const { version } = safetyWording(jurisdiction, call.locale, call.hazard);
  const person = call.by === undefined ? null : (residents[call.by]?.id ?? null);
  const happened = call.then.map(([kind, minutes]) => ({ kind, at: after(minutes) }));
  const when = (kind: EntryKind) => happened.find((one) => one.kind === kind)?.at ?? null;
  const written = person && call.channel !== 'phone' ? { id: person, role: 'customer' } : nobody;

  const entry = (kind: EntryKind, at: Date, payload: object = {}) => {
    const by = byStaff.has(kind) || call.channel === 'phone' ? onDuty : kind === 'escalated' ? time : written;
    return { emergency_id: id, at, kind, actor_id: by.id, actor_role: by.role, payload };
  };
  const details: Partial<Record<EntryKind, object>> = {
    said_again: { channel: call.channel, times: 1 },
    escalated: { letters: 2, of: 2, webhook: 'unset' },
    stood_down: { reason: call.reason }
  };

  return {
    row: {
      id,
      reference: emergencyReferenceFrom(Uint8Array.from({ length: 6 }, () => luck.whole(0, 255))),
      verdict: call.verdict ?? 'emergency',
      hazard: call.hazard,
      status: happened.findLast(({ kind }) => byStaff.has(kind))?.kind ?? 'received',
      channel: call.channel,
      person_id: person,
      text: call.text,
      phone: call.phone ?? null,
      place: call.place ?? null,
      locale: call.locale,
      wording_version: version,
      shown_at: received,
      received_at: received,
      acknowledged_at: when('acknowledged'),
      acknowledged_by: onDuty.id,
      dispatched_at: when('dispatched'),
      attended_at: when('attended'),
      made_safe_at: when('made_safe'),
      safe_said_at: when('said_safe'),
      escalated_at: when('escalated'),
      said_again: when('said_again') ? 1 : 0
    },
    entries: [
      entry('received', received),
      entry('shown', received, { wording: version, locale: call.locale }),
      ...happened
        .sort((a, b) => a.at.getTime() - b.at.getTime())
        .map(({ kind, at }) => entry(kind, at, details[kind]))
    ]
  };
}

const byStaff: ReadonlySet<EntryKind> = new Set([
  'acknowledged',
  'dispatched',
  'attended',
  'made_safe',
  'stood_down'
]);
const nobody = { id: null, role: 'visitor' };
const time = { id: null, role: 'system' };
