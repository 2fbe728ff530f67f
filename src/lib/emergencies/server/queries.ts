/** What the desk asks about emergencies. Row-level security lets nobody but staff read them. */
import { sql } from 'kysely';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { EmergencyStatus, EntryKind, Hazard } from '../life.ts';

/** Enough to notice that something happened, and how urgent it is. */
export interface Pulse {
  /** The number of the newest entry in any log. */
  newest: number;
  open: number;
  unacknowledged: number;
}

export async function emergencyPulse(db: Db): Promise<Pulse> {
  const { rows } = await sql<Pulse>`select newest, open, unacknowledged from emergency_pulse()`.execute(db);
  return rows[0] ?? { newest: 0, open: 0, unacknowledged: 0 };
}

/** All that are not over, longest waiting first; then the latest of those that are. */
export async function listEmergencies(db: Db, most = 100) {
  const { rows } = await sql<EmergencyRow>`
    ${withNames}
    where e.id = any (array(select id from emergency where status not in ('made_safe', 'stood_down'))
                      || array(select id from emergency where status in ('made_safe', 'stood_down')
                               order by received_at desc limit ${most}))
    order by e.status in ('made_safe', 'stood_down'),
             case when e.status not in ('made_safe', 'stood_down') then e.received_at end, e.received_at desc
    limit ${most}`.execute(db);
  return rows;
}

/** One emergency, by the reference that is read out over the telephone. */
export async function getEmergency(db: Db, reference: string): Promise<EmergencyRow> {
  const { rows } = await sql<EmergencyRow>`
    ${withNames} where e.reference = ${reference.toUpperCase()}`.execute(db);
  return rows[0] ?? refuse('missing', 'emergencies.not_found');
}

const withNames = sql`
  select e.*, p.name as person_name, a.name as acknowledged_name, r.reference as request_reference
  from emergency e
  left join person p on p.id = e.person_id
  left join person a on a.id = e.acknowledged_by
  left join request_reference r on r.request_id = e.request_id`;

export interface EmergencyRow {
  id: string;
  reference: string;
  verdict: 'emergency' | 'possible' | 'reported';
  hazard: Hazard | null;
  status: EmergencyStatus;
  channel: string;
  text: string | null;
  phone: string | null;
  place: string | null;
  locale: string;
  wording_version: string | null;
  shown_at: Date | null;
  received_at: Date;
  acknowledged_at: Date | null;
  dispatched_at: Date | null;
  attended_at: Date | null;
  made_safe_at: Date | null;
  safe_said_at: Date | null;
  escalated_at: Date | null;
  person_name: string | null;
  acknowledged_name: string | null;
  request_reference: string | null;
}

/** The log of these emergencies, or of all since a day, in order: what was shown, told and done, when and by whom. */
export async function readLog(db: Db, { ids, since }: { ids?: string[]; since?: Date } = {}) {
  const { rows } = await sql<LogEntry>`
    select e.emergency_id, m.reference, m.hazard, m.channel, e.number, e.at, e.kind, e.actor_role,
           p.name as actor_name, e.payload
    from emergency_entry e
    join emergency m on m.id = e.emergency_id
    left join person p on p.id = e.actor_id
    where (${ids ?? null}::uuid[] is null or e.emergency_id = any (${ids ?? null}::uuid[]))
      and (${since ?? null}::timestamptz is null or m.received_at >= ${since ?? null}::timestamptz)
    order by m.received_at, e.number`.execute(db);
  return rows;
}

export interface LogEntry {
  emergency_id: string;
  reference: string;
  hazard: string | null;
  channel: string;
  number: number;
  at: Date;
  kind: EntryKind;
  actor_role: string;
  actor_name: string | null;
  payload: Record<string, unknown>;
}
