/** Opened from the letter: whoever was invited chooses a password, and is a member of staff. */
import { sql } from 'kysely';
import { system } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Auth } from './auth.ts';
import { writeAudit } from './audit.ts';
import { insertPerson } from './commands.ts';
import { linkId } from './links.ts';

/** Whom a link invites, and as what; null when it no longer does. */
export async function waitingInvitation(auth: Auth, token: string) {
  const link = linkId(auth.secret, 'invitation', token);
  if (link === null) return null;
  const invited = await auth.db
    .selectFrom('invitation as i')
    .leftJoin('team as t', 't.id', 'i.team_id')
    .select(['i.email', 'i.name', 'i.role', 't.name as team_name'])
    .where('i.link', '=', link)
    .where('i.expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return invited ?? null;
}

/** Makes the person, and uses the invitation up. The second factor comes next: without it they are let in nowhere. */
export async function acceptInvitation(auth: Auth, token: string, password: string) {
  if (!(await waitingInvitation(auth, token))) refuse('missing', 'people.link_over');
  const passwordHash = await auth.passwords.hash(password);

  return auth.db.transaction().execute(async (tx) => {
    const invited = await tx
      .deleteFrom('invitation')
      .where('link', '=', linkId(auth.secret, 'invitation', token) ?? '')
      .where('expires_at', '>', sql<Date>`now()`)
      .returning(['id', 'email', 'name', 'role', 'team_id', 'locale'])
      .executeTakeFirst();
    if (!invited) refuse('missing', 'people.link_over');

    const { id, email, name, role, team_id: team, locale } = invited;
    const taken = await tx.selectFrom('person').select('id').where('email', '=', email).executeTakeFirst();
    if (taken) refuse('conflict', 'staff.address_taken_since');
    await insertPerson(tx, { id, email, name, role, team, locale, passwordHash });
    await writeAudit(tx, system, {
      action: 'invitation.accepted',
      subject: { kind: 'person', id },
      detail: { role, team }
    });
    return { email };
  });
}
