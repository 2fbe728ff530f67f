/** Finding an account by what somebody wrote or says of it: its number, its holder, or where it is. */
import { sql } from 'kysely';
import { bare } from '#lib/platform/spelled.ts';
import type { Db } from '#lib/platform/server/db.ts';

export interface FoundAccount {
  id: string;
  number: string;
  holder: string;
  premises: string | null;
  line: string | null;
  town: string | null;
  postcode: string | null;
  /** How many people have connected it with a sign-in. */
  members: number;
}

export interface Said {
  number?: string;
  /** An address, or a name. */
  words?: string;
}

/** The likeliest first; nothing for anybody but staff. */
export async function findAccounts(
  db: Db,
  { number = '', words = '' }: Said,
  most = 8
): Promise<FoundAccount[]> {
  const digits = bare(number).slice(0, 13);
  const { rows } = await sql<FoundAccount>`
    with said as (
      select account_id, premises_id, max(likeness) as likeness
      from accounts_said(${digits}, ${words.trim().slice(0, 200)}, ${most})
      group by account_id, premises_id
    )
    select a.id, a.number, a.holder, p.id as premises, p.line, p.town, p.postcode,
           (select count(*)::int from account_member m where m.account_id = a.id) as members
    from said s join account a on a.id = s.account_id left join premises p on p.id = s.premises_id
    order by s.likeness desc, a.number, p.id
    limit ${most}`.execute(db);
  return rows;
}

/** What is typed into one box: digits are a number, all else a name or an address; and an address may be digits first. */
export const saidIn = (typed: string): Said => ({ number: typed, words: typed });
