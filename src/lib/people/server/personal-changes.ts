/** A customer's history of changes: what was changed about them, when, and by whom. The database says who may read it. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { personalDeeds, type PersonalChange } from '../personal-changes.ts';

export const personalPageSize = 50;

/** A page of them, the newest first, and where the next one begins. */
export async function personalChanges(db: Db, person: string, before: string | null = null) {
  const { rows } = await sql<PersonalChange>`
    select e.id, e.at, e.action, e.detail->>'fields' as fields, s.name as by_name,
           case when e.actor_id = e.subject_id then 'self' when s.id is not null then 'staff' else 'hearth' end as by
    from audit_entry e
    left join person s on s.id = e.actor_id and s.role <> 'customer'
    where e.subject_kind = 'person' and e.subject_id = ${person} and e.action = any(${personalDeeds}::text[])
      ${before ? sql`and e.id < ${before}::uuid` : sql``}
    order by e.at desc, e.id desc
    limit ${personalPageSize + 1}`.execute(db);
  const changes = rows.slice(0, personalPageSize);
  return { changes, next: rows.length > personalPageSize ? (changes.at(-1)?.id ?? null) : null };
}
