/** A customer's history of changes: what was changed about them, when, and by whom. The database says who may read it. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { accessDeeds, personalDeeds, type PersonalChange } from '../personal-changes.ts';

export const personalPageSize = 50;

/** Whose history: that of a person, and of the accounts they hold. */
export interface Whose {
  person: string;
  accounts: readonly string[];
}

/** A page of them, the newest first, and where the next one begins. */
export async function personalChanges(db: Db, whose: Whose, before: string | null = null) {
  const account = sql`case when e.subject_kind = 'account' then e.subject_id else (e.detail->>'account')::uuid end`;
  const { rows } = await sql<PersonalChange>`
    select e.id, e.at, e.action, e.detail->>'fields' as fields,
           case when e.actor_id = ${whose.person} then 'self' when s.id is not null then 'staff'
                when e.actor_id is null then 'hearth' else 'customer' end as by,
           coalesce(s.name, case when e.subject_kind = 'account'
                                 then account_person_name(e.actor_id, e.subject_id) end) as by_name,
           e.subject_kind = 'person' as own,
           case when e.subject_kind = 'account'
                then account_person_name((e.detail->>'person')::uuid, e.subject_id) end as about,
           (select number from account where id = ${account}) as number
    from audit_entry e
    left join person s on s.id = e.actor_id and s.role <> 'customer'
    where ${isOf(whose)} ${before ? sql`and e.id < ${before}::uuid` : sql``}
    order by e.at desc, e.id desc
    limit ${personalPageSize + 1}`.execute(db);
  const changes = rows.slice(0, personalPageSize);
  return { changes, next: rows.length > personalPageSize ? (changes.at(-1)?.id ?? null) : null };
}

/** The entries of the audit log, as `e`, that are somebody's history. */
export const isOf = ({ person, accounts }: Whose) => sql`
  e.subject_id = any(${[person, ...accounts]}::uuid[])
  and (e.subject_kind = 'person' and e.action = any(${[...personalDeeds, ...accessDeeds]}::text[])
       or e.subject_kind = 'account' and e.action = any(${accessDeeds}::text[]))`;
