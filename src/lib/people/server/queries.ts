/** Questions about people. */
import type { Role } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';

export async function roleOf(db: Db, person: string): Promise<{ role: Role; team: string | null }> {
  return db
    .selectFrom('person')
    .select(['role', 'team_id as team'])
    .where('id', '=', person)
    .executeTakeFirstOrThrow();
}

/** The address with which somebody signs in. */
export async function emailOf(db: Db, person: string): Promise<string> {
  const { email } = await db
    .selectFrom('person')
    .select('email')
    .where('id', '=', person)
    .executeTakeFirstOrThrow();
  return email;
}

/** What somebody may change about themself. */
export async function profileOf(db: Db, person: string) {
  return db
    .selectFrom('person')
    .select(['name', 'phone', 'locale', 'email'])
    .where('id', '=', person)
    .executeTakeFirstOrThrow();
}

/** A customer by their key, as staff name them; null where there is none. */
export const personNamed = async (db: Db, id: string) =>
  (await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', '=', id)
    .where('role', '=', 'customer')
    .executeTakeFirst()) ?? null;
