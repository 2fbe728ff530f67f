/** The log of emergencies, as the desk reads it and as it is handed over. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import type { EntryKind } from '../life.ts';

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

interface LogEntry {
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
