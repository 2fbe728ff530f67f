/** Inviting somebody to work here: asked by letter, asked again, or not any more. */
import { sql } from 'kysely';
import type { Actor, StaffRole } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { digestOf, once } from '#lib/platform/server/once.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { mayManageStaff } from '../access.ts';
import { invitationDays } from '../staffing.ts';
import { writeAudit } from './audit.ts';
import { checkTeam } from './teams.ts';

export interface NewInvitation {
  /** Of the form: sent twice it is one invitation. */
  key: string;
  email: string;
  name: string;
  role: StaffRole;
  team: string | null;
  /** The language of the letter, and of the pages afterwards. */
  locale: string;
}

/**
 * Keeps the invitation and promises a letter. One person has one login, and is a customer or staff: a customer's
 * address is refused, so that nobody reads their own bills with the rights of the desk.
 */
export function invite(db: Db, actor: Actor, invitation: NewInvitation) {
  if (!mayManageStaff(actor)) refuse('forbidden', 'errors.forbidden');
  const digest = digestOf(contentOf({ ...invitation, team_id: invitation.team }));
  const first = () => invitationOfForm(db, actor, invitation.key);
  return once({ digest, first }, () => store(db, actor, invitation));
}

const store = (db: Db, actor: Actor, { key, email, name, role, team, locale }: NewInvitation) =>
  db.transaction().execute(async (tx) => {
    const known = await tx.selectFrom('person').select('role').where('email', '=', email).executeTakeFirst();
    if (known)
      refuse('conflict', known.role === 'customer' ? 'staff.customers_address' : 'staff.staff_address');
    await checkTeam(tx, team);

    const invitation = await tx
      .insertInto('invitation')
      .values({
        ...{ email, name, role, team_id: team, locale },
        ...{ invited_by: idOf(actor), form_key: key },
        expires_at: inDays
      })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .returning(['id', 'link'])
      .executeTakeFirst();
    if (!invitation) refuse('conflict', 'staff.invited_already');

    await writeAudit(tx, actor, {
      action: 'invitation.sent',
      subject: subject(invitation),
      detail: { role, team }
    });
    await later(tx, 'people.send_letter', { letter: 'invitation', link: invitation.link });
    return invitation.id;
  });

const idOf = (actor: Actor) => (actor.kind === 'person' ? actor.id : null);

async function invitationOfForm(db: Db, actor: Actor, key: string) {
  const row = await db
    .selectFrom('invitation')
    .select(['id', 'email', 'name', 'role', 'team_id', 'locale'])
    .where('invited_by', '=', idOf(actor))
    .where('form_key', '=', key)
    .executeTakeFirst();
  return row && { digest: digestOf(contentOf(row)), result: row.id };
}

/** What makes two invitations the same. */
const contentOf = (row: {
  email: string;
  name: string;
  role: string;
  team_id: string | null;
  locale: string;
}) => [...[row.email, row.name, row.role, row.team_id, row.locale]];

/** Sends another letter. Its link is new, and good for as long as the first; the one before no longer works. */
export function inviteAgain(db: Db, actor: Actor, id: string) {
  if (!mayManageStaff(actor)) refuse('forbidden', 'errors.forbidden');

  return db.transaction().execute(async (tx) => {
    const invitation = await tx
      .updateTable('invitation')
      .set({ link: sql`gen_random_uuid()`, sent_at: sql`now()`, expires_at: inDays })
      .where('id', '=', id)
      .returning(['id', 'link'])
      .executeTakeFirst();
    if (!invitation) refuse('missing', 'staff.invitation_gone');

    await writeAudit(tx, actor, { action: 'invitation.sent_again', subject: subject(invitation) });
    await later(tx, 'people.send_letter', { letter: 'invitation', link: invitation.link });
  });
}

/** Takes an invitation back: its link opens nothing any more. */
export function withdrawInvitation(db: Db, actor: Actor, id: string) {
  if (!mayManageStaff(actor)) refuse('forbidden', 'errors.forbidden');

  return db.transaction().execute(async (tx) => {
    const { numDeletedRows } = await tx.deleteFrom('invitation').where('id', '=', id).executeTakeFirst();
    if (numDeletedRows === 0n) refuse('missing', 'staff.invitation_gone');
    await writeAudit(tx, actor, { action: 'invitation.withdrawn', subject: subject({ id }) });
  });
}

const inDays = sql<Date>`now() + make_interval(days => ${sql.lit(invitationDays)})`;

/** The id is that of the person to be, so the log tells one story about them. */
const subject = ({ id }: { id: string }) => ({ kind: 'person', id });
