/** What the desk does about how a customer signs in: ends their sessions, or switches off a second factor that is lost. */
import { sql } from 'kysely';
import type { Actor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { mayEndSessionsOfCustomers, maySwitchOffForCustomers, type IdentityCheck } from '../access.ts';
import type { PersonLetter } from '../letters.ts';
import { writeAudit, type Deed } from './audit.ts';

/** In how many browsers they are signed in, and whether a code is asked for. */
export async function customerSignIn(db: Db, person: string) {
  const { rows } = await sql<{ sessions: number; second_factor: boolean }>`
    select sessions_of_customer(id) as sessions, two_factor_enabled as second_factor
    from person where id = ${person} and role = 'customer'`.execute(db);
  return rows[0] ?? refuse('missing', 'errors.missing');
}

/** Signs them out everywhere, as they wish: a phone was lost, or somebody else knows the password. */
export function endSessionsFor(db: Db, actor: Actor, person: string) {
  if (!mayEndSessionsOfCustomers(actor)) refuse('missing', 'errors.missing');
  return db.transaction().execute(async (tx) => {
    await holdCustomer(tx, person);
    await sql`select end_sessions_of(${person}::uuid)`.execute(tx);
    await tell(tx, actor, person, { action: 'person.signed_out_at_desk' }, 'signed_out_at_desk');
  });
}

/** They sign in with the password alone from then on. How it was made sure that it is them stands in the log. */
export function switchOffFor(db: Db, actor: Actor, person: string, checked: IdentityCheck) {
  if (!maySwitchOffForCustomers(actor)) refuse('missing', 'errors.missing');
  return db.transaction().execute(async (tx) => {
    if (!(await holdCustomer(tx, person)).two_factor_enabled) refuse('conflict', 'account.desk_factor_none');
    await sql`select forget_second_factor_of(${person}::uuid)`.execute(tx);
    await sql`select end_sessions_of(${person}::uuid)`.execute(tx);
    const deed = { action: 'person.second_factor_off_at_desk', detail: { checked } };
    await tell(tx, actor, person, deed, 'second_factor_off_at_desk');
  });
}

async function holdCustomer(tx: Db, person: string) {
  const customer = await tx
    .selectFrom('person')
    .select('two_factor_enabled')
    .where('id', '=', person)
    .where('role', '=', 'customer')
    .executeTakeFirst();
  return customer ?? refuse('missing', 'errors.missing');
}

/** Writes it down, and promises a letter to whoever's sign-in it is. */
async function tell(tx: Db, actor: Actor, person: string, deed: Omit<Deed, 'subject'>, letter: PersonLetter) {
  const entry = await writeAudit(tx, actor, { ...deed, subject: { kind: 'person', id: person } });
  await later(tx, 'people.send_letter', { letter, person, entry });
}
