/** The first admin of an installation without demo people, made through a link that the terminal prints. */
import { system } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Auth } from './auth.ts';
import { writeAudit } from './audit.ts';
import { insertPerson } from './commands.ts';
import { keepLink, linkToken, readLink, useLink } from './links.ts';

/** An address that makes one admin, within a day. `db` is the owner's or that of the role `hearth_auth`. */
export async function firstAdminLink(
  db: Db,
  { secret, origin }: { secret: string; origin: string }
): Promise<string> {
  const id = await keepLink(db, secret, 'first-admin', {});
  return `${origin}/first-admin?token=${linkToken(secret, 'first-admin', id)}`;
}

export async function hasAdmin(db: Db): Promise<boolean> {
  const admin = await db
    .selectFrom('person')
    .select('id')
    .where('role', '=', 'admin')
    .limit(1)
    .executeTakeFirst();
  return admin !== undefined;
}

export async function canMakeFirstAdmin(auth: Auth, token: string): Promise<boolean> {
  return (await readLink(auth.db, auth.secret, 'first-admin', token)) !== null && !(await hasAdmin(auth.db));
}

export interface FirstAdmin {
  email: string;
  name: string;
  password: string;
  locale: string;
}

export async function makeFirstAdmin(
  auth: Auth,
  token: string,
  { email, name, password, locale }: FirstAdmin
) {
  const passwordHash = await auth.passwords.hash(password);

  await auth.db.transaction().execute(async (tx) => {
    const link = await useLink(tx, auth.secret, 'first-admin', token);
    if (!link || (await hasAdmin(tx))) refuse('missing', 'people.link_over');

    const id = await insertPerson(tx, { email, name, locale, role: 'admin', passwordHash });
    await writeAudit(tx, system, {
      action: 'person.created',
      subject: { kind: 'person', id },
      detail: { role: 'admin', demo: false }
    });
  });
}
