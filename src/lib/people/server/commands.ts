/** What changes about people: made, given a password, known by another name. */
import { sql } from 'kysely';
import type { Actor, PersonActor, Role } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { mayCreatePerson } from '../access.ts';
import { writeAudit } from './audit.ts';

export interface NewPerson {
  /** Settled beforehand for whoever was invited. */
  id?: string;
  email: string;
  name: string;
  role: Role;
  /** From `hashPassword`. Without one, a person can sign in only after choosing a password by letter. */
  passwordHash?: string;
  locale?: string;
  phone?: string | null;
  team?: string | null;
  demo?: boolean;
}

/** Makes a person whose address is known to be theirs. Refuses an address that somebody has. */
export function createPerson(db: Db, actor: Actor, person: NewPerson): Promise<string> {
  if (!mayCreatePerson(actor)) refuse('forbidden', 'errors.forbidden');

  return db.transaction().execute(async (tx) => {
    const id = await insertPerson(tx, person);
    await writeAudit(tx, actor, {
      action: 'person.created',
      subject: { kind: 'person', id },
      detail: { role: person.role, demo: person.demo ?? false }
    });
    return id;
  });
}

/** The rows of a person. For commands of this module, which have asked who may and which write down that it was done. */
export async function insertPerson(tx: Db, person: NewPerson): Promise<string> {
  const made = await tx
    .insertInto('person')
    .values({
      ...(person.id && { id: person.id }),
      email: person.email,
      email_verified: true,
      name: person.name,
      role: person.role,
      locale: person.locale ?? 'en',
      phone: person.phone ?? null,
      team_id: person.team ?? null,
      demo: person.demo ?? false
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  const { id } = made ?? refuse('conflict', 'people.address_taken');

  if (person.passwordHash) await setPassword(tx, id, person.passwordHash);
  return id;
}

/** Gives a person a password, in place of the one they had. */
export async function setPassword(tx: Db, person: string, password: string) {
  await tx
    .insertInto('sign_in_method')
    .values({ person_id: person, provider_id: 'credential', account_id: person, password })
    .onConflict((conflict) =>
      conflict.columns(['provider_id', 'account_id']).doUpdateSet({ password, updated_at: sql`now()` })
    )
    .execute();
}

/** What people may change about themselves. `db` is of the role `hearth_auth`: staff may do it before they are let in. */
export async function changeProfile(
  db: Db,
  actor: PersonActor,
  said: { name: string; phone: string; locale: string }
) {
  const { id, role } = actor;
  await db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('person')
      .select(['name', 'phone', 'locale'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const names = ['name', 'phone', 'locale'] as const;
    const changed = names.filter((name) => said[name] !== (before[name] ?? ''));
    if (changed.length === 0) return;

    await tx
      .updateTable('person')
      .set({ ...said, phone: said.phone || null, updated_at: sql`now()` })
      .where('id', '=', id)
      .execute();
    const entry = await writeAudit(tx, actor, {
      action: 'details.changed',
      subject: { kind: 'person', id },
      detail: { fields: changed.join(' ') }
    });
    if (role === 'customer')
      await later(tx, 'people.send_letter', { letter: 'details_changed', person: id, entry });
  });
}
