/** Who works here, and in which team: for the list of staff, and for everything on the desk that is given to somebody. */
import { sql } from 'kysely';
import { isStaff, type Actor, type StaffRole } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { maySeeStaff } from '../access.ts';
import type { StaffView } from '../staffing.ts';

export interface Team {
  id: string;
  name: string;
}

/** Those whom something can be given to. */
export const listColleagues = (db: Db) =>
  db
    .selectFrom('person')
    .select(['id', 'name', 'team_id'])
    .where('role', '!=', 'customer')
    .where('deactivated_at', 'is', null)
    .orderBy('name')
    .execute();

export const listTeams = (db: Db): Promise<Team[]> =>
  db.selectFrom('team').select(['id', 'name']).where('retired_at', 'is', null).orderBy('name').execute();

export const staffPageSize = 50;

/** A page of the staff that this actor may see, and whether there is another after it. */
export async function listStaff(db: Db, actor: Actor, { search, show, page }: StaffView) {
  const rows = await visibleTo(db, actor)
    .where('p.deactivated_at', show === 'active' ? 'is' : 'is not', null)
    .$if(search !== '', (query) =>
      query.where(
        sql<boolean>`holds_words(concat_ws(' ', p.name, p.email, t.name), asked_words(${search}::text))`
      )
    )
    .orderBy('p.name')
    .orderBy('p.id')
    .limit(staffPageSize + 1)
    .offset((page - 1) * staffPageSize)
    .execute();
  return { staff: rows.slice(0, staffPageSize), more: rows.length > staffPageSize };
}

/** A member of staff as this actor sees them, or a refusal that does not tell foreign from missing. */
export async function getStaff(db: Db, actor: Actor, id: string) {
  const found = isId(id) && (await visibleTo(db, actor).where('p.id', '=', id).executeTakeFirst());
  return found || refuse('missing', 'staff.not_found');
}

/** Invitations that nobody has taken up yet, the newest first. Only admins see any: the database sees to that. */
export const listInvitations = (db: Db) =>
  db
    .selectFrom('invitation as i')
    .leftJoin('team as t', 't.id', 'i.team_id')
    .select(['i.id', 'i.name', 'i.email', 'i.role', 'i.sent_at', 'i.expires_at', 't.name as team_name'])
    .select([
      sql<boolean>`i.expires_at < now()`.as('expired'),
      // Somebody has signed up with it meanwhile: this invitation can only be withdrawn.
      sql<boolean>`exists (select 1 from person p where p.email = i.email)`.as('address_taken')
    ])
    .orderBy('i.sent_at', 'desc')
    .execute();

/** The teams, with what of people is in each. */
export const listTeamsInUse = (db: Db) =>
  db
    .selectFrom('team as t')
    .select(['t.id', 't.name'])
    .select([
      sql<number>`(select count(*)::int from person p where p.team_id = t.id and p.deactivated_at is null)`.as(
        'people'
      ),
      sql<number>`(select count(*)::int from invitation i where i.team_id = t.id)`.as('invitations')
    ])
    .where('t.retired_at', 'is', null)
    .orderBy('t.name')
    .execute();

function visibleTo(db: Db, actor: Actor) {
  if (!maySeeStaff(actor) || !isStaff(actor)) refuse('missing', 'errors.missing');
  const staff = db
    .selectFrom('person as p')
    .leftJoin('team as t', 't.id', 'p.team_id')
    .select([
      'p.id',
      'p.name',
      'p.email',
      'p.role',
      'p.team_id',
      't.name as team_name',
      'p.two_factor_enabled'
    ])
    .select(['p.seen_at', 'p.deactivated_at', 'p.created_at', 'p.demo'])
    .where('p.role', '!=', 'customer')
    // Which is what is left of roles without customers.
    .$narrowType<{ role: StaffRole }>();
  return actor.role === 'admin'
    ? staff
    : staff.where((row) => row.or([row('p.id', '=', actor.id), row('p.team_id', '=', actor.team)]));
}
