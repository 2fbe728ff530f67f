/** A customer as staff see them: found by what a caller says, and looked at only with a trace. */
import { sql } from 'kysely';
import { careOf } from './care.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { oneLine } from '#lib/platform/cleaning.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { writeAudit } from '#lib/people/server/audit.ts';
import type { MemberKind, Scope } from '../access.ts';

export const mostFound = 25;

/** So many letters or digits, at least, tell somebody from everybody else. */
const fewest = 2;

export interface FoundCustomer {
  id: string;
  name: string;
  email: string;
  phone: string | null;
  /** An account of theirs, and how many more they have. */
  account_number: string | null;
  more_accounts: number;
}

/** Customers by all that a caller says of them, in any order: name, e-mail, street, phone or account number. */
export async function findCustomers(db: Db, said: string): Promise<FoundCustomer[]> {
  const words = oneLine(said).slice(0, 100);
  if (words.length < fewest) return [];

  const digits = words.replace(/[\s().\-/]/g, '');
  const ending = /^\+?\d{6,15}$/.test(digits) ? digits : null;
  const account = /^\d{4,12}$/.test(digits) ? digits : null;
  const most = mostFound + 1;
  const { rows } = await sql<FoundCustomer>`
    with found as (
      select customers_by_words(${[words]}::text[], ${most}) as id
      union
      select customers_by_phone(${ending}, ${most}) where ${ending}::text is not null
      union
      select m.person_id from account a join account_member m on m.account_id = a.id
      where a.number between ${account} and ${`${account}999999999999`}
    )
    select p.id, p.name, p.email, p.phone, min(a.number) as account_number,
           greatest(count(a.id) - 1, 0)::int as more_accounts
    from found join person p using (id)
    left join account_member m on m.person_id = p.id
    left join account a on a.id = m.account_id
    where p.role = 'customer'
    group by p.id
    order by p.name, p.id
    limit ${most}`.execute(db);
  return rows;
}

/** What a search form asks for, and the first of those it finds. */
export async function searchCustomers(db: Db, posted: FormData) {
  const search = textIn(posted, 'search').slice(0, 100);
  const found = await findCustomers(db, search);
  const short = oneLine(search).length < fewest;
  return { search, short, found: found.slice(0, mostFound), more: found.length > mostFound };
}

/** A customer with all that is theirs. The look itself is written to the audit log in the same transaction. */
export async function openCustomer(db: Db, actor: PersonActor, id: string) {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) refuse('missing', 'desk.customer_not_found');
  return db.transaction().execute(async (tx) => {
    const [person, accounts] = await Promise.all([readCustomer(tx, id), readAccounts(tx, id)]);
    if (!person) refuse('missing', 'desk.customer_not_found');
    await writeAudit(tx, actor, { action: 'customer.viewed', subject: { kind: 'person', id } });
    return { ...person, accounts };
  });
}

/** The customer's name and how to reach them, and nothing that needs a trace. */
export const readCustomer = (db: Db, id: string) =>
  db
    .selectFrom('person')
    .select(['id', 'name', 'email', 'email_verified', 'phone', 'locale', 'created_at', 'closed_at'])
    .select(careOf(sql`person.id`, placesActedFor).as('care'))
    .where('id', '=', id)
    .where('role', '=', 'customer')
    .executeTakeFirst();

const placesActedFor = sql`
  select p.id from account_member m join premises p on p.account_id = m.account_id
  where m.person_id = person.id and m.scope = 'act'`;

/** The accounts somebody is a member of, each with the places it serves and their meters. */
export async function readAccounts(db: Db, personId: string) {
  const { rows } = await sql<Membership>`
    select a.id, a.number, a.holder, m.kind, m.scope, m.expires_at,
           coalesce((select jsonb_agg(jsonb_build_object(
               'id', p.id, 'line', p.line, 'town', p.town, 'postcode', p.postcode,
               'meters', coalesce((select jsonb_agg(jsonb_build_object(
                   'serial', e.serial, 'digits', e.digits, 'installed_on', e.installed_on) order by e.serial)
                 from meter e where e.premises_id = p.id), '[]')) order by p.created_at)
             from premises p where p.account_id = a.id), '[]') as premises
    from account_member m join account a on a.id = m.account_id
    where m.person_id = ${personId}
    order by m.created_at, a.number`.execute(db);
  return rows;
}

export interface Membership {
  id: string;
  number: string;
  holder: string;
  kind: MemberKind;
  scope: Scope;
  expires_at: Date | null;
  premises: Place[];
}

export interface Place {
  id: string;
  line: string;
  town: string;
  postcode: string;
  meters: { serial: string; digits: number; installed_on: string }[];
}
