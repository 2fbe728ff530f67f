/** Emergencies of the town as rows: the calls, who saw to each and how it ended. */
import { randomUUIDv7 } from 'node:crypto';
import { emergencyReferenceFrom } from '#lib/emergencies/reference.ts';
import type { EntryKind } from '#lib/emergencies/life.ts';
import { safetyWording, type Jurisdiction } from '#lib/safety/wording.ts';
import { calls, type Call } from './calls.ts';
import type { Chance } from './chance.ts';

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
  // Danger keeps no hours; what was today stays today.
  const earlier = call.ago > 24 * 60 ? luck.whole(0, 15 * 60) : 0;
  const received = new Date(now.getTime() - (call.ago + earlier) * 60_000);
  const after = (minutes: number) =>
    new Date(received.getTime() + minutes * 60_000 + luck.whole(1, 40) * 1000);
  const { version } = safetyWording(jurisdiction, call.locale, call.hazard);
  const person = call.by === undefined ? null : (residents[call.by]?.id ?? null);
  const happened = call.then.map(([kind, minutes]) => ({ kind, at: after(minutes) }));
  const when = (kind: EntryKind) => happened.find((one) => one.kind === kind)?.at ?? null;
  const written = person && call.channel !== 'phone' ? { id: person, role: 'customer' } : nobody;

  const entry = (kind: EntryKind, at: Date, payload: object = {}) => {
    const by = byStaff.has(kind) || call.channel === 'phone' ? onDuty : times.has(kind) ? time : written;
    return { emergency_id: id, at, kind, actor_id: by.id, actor_role: by.role, payload };
  };
  const details: Partial<Record<EntryKind, object>> = {
    said_again: { channel: call.channel, times: 1 },
    escalated: { letters: 2, of: 2, webhook: 'unset' },
    urged: { clock: 'dispatched', state: 'near', level: 1, minutes: 30, letters: 2, of: 2, webhook: 'unset' },
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
/** What time itself does. */
const times: ReadonlySet<EntryKind> = new Set(['escalated', 'urged']);
const nobody = { id: null, role: 'visitor' };
const time = { id: null, role: 'system' };
