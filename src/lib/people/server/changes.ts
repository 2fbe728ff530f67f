/** What was changed about staff and teams, as the audit log has it: who, when, what. Admins alone may read it. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { staffDeeds, type StaffDeed } from '../staffing.ts';

export const changesPageSize = 50;

export interface StaffChange {
  id: string;
  at: Date;
  action: StaffDeed;
  /** Null when nobody did it but Hearth itself, or they are no longer there. */
  actor_name: string | null;
  actor_role: string;
  subject_id: string | null;
  /** The name of whom or what it is about, as it is today. */
  subject_name: string | null;
  detail: Record<string, string | null>;
  /** The teams that the detail names by id. */
  from_team: string | null;
  to_team: string | null;
}

/** A page of changes, the newest first, perhaps only those about one person; and where the next page begins. */
export async function listChanges(
  db: Db,
  {
    about = null,
    before = null,
    most = changesPageSize
  }: { about?: string | null; before?: string | null; most?: number } = {}
) {
  const { rows } = await sql<StaffChange>`
    select e.id, e.at, e.action, a.name as actor_name, e.actor_role, e.subject_id,
           coalesce(p.name, i.name, t.name) as subject_name, e.detail,
           (select name from team where id::text = e.detail->>'from') as from_team,
           coalesce(t.name, (select name from team where id::text in (e.detail->>'to', e.detail->>'team'))) as to_team
    from audit_entry e
    left join person a on a.id = e.actor_id
    left join person p on e.subject_kind = 'person' and p.id = e.subject_id
    left join invitation i on e.subject_kind = 'person' and i.id = e.subject_id
    left join team t on e.subject_kind = 'team' and t.id = e.subject_id
    where e.action = any(${staffDeeds}::text[])
      ${about ? sql`and e.subject_id = ${about}::uuid` : sql``}
      ${before ? sql`and e.id < ${before}::uuid` : sql``}
    order by e.id desc
    limit ${most + 1}`.execute(db);
  const changes = rows.slice(0, most);
  return { changes, next: rows.length > most ? (changes.at(-1)?.id ?? null) : null };
}
