/** A desk with an admin, teams and staff, for tests of what is done to them. */
import { randomBytes } from 'node:crypto';
import type { PersonActor, StaffRole } from '#lib/platform/actor.ts';
import { signIn } from '#lib/people/server/sign-in.ts';
import { aSignInDesk, password } from './signing-in.ts';

/** Call it at the top of a test file. */
export async function aStaffRoom() {
  const desk = await aSignInDesk();
  const { auth, behindTheScenes: sql } = desk;
  const admin = await colleague('admin');

  /** Somebody who works here, as they act. */
  async function colleague(
    role: StaffRole,
    also: { name?: string; team?: string | null } = {}
  ): Promise<PersonActor> {
    const { name = 'Grace Hall', team = null } = also;
    const email = anAddress(role);
    return { kind: 'person', id: await desk.person({ email, name, role, team }), role, team };
  }

  async function aTeam(name = randomBytes(4).toString('hex')) {
    const [team] = await sql<{ id: string }>('insert into team (code, name) values ($1, $2) returning id', [
      `t${randomBytes(5).toString('hex')}`,
      name
    ]);
    return team?.id ?? '';
  }

  /** Signs them in, in a browser of their own. */
  async function signedIn({ id }: { id: string }) {
    const [row] = await sql<{ email: string }>('select email from person where id = $1', [id]);
    const browser = desk.browser();
    const answer = await signIn(auth, browser, { email: row?.email ?? '', password });
    if (answer.outcome === 'in') browser.keep(answer.headers);
    return browser;
  }

  return {
    ...desk,
    sql,
    admin,
    colleague,
    aTeam,
    signedIn,
    /** The database of the web role, as they act. */
    as: (actor: PersonActor) => desk.web.as(actor),
    /** All there is, to see that nothing has changed. */
    everything: async () =>
      (
        await sql(`select (select json_agg(p order by id) from (select id, role, team_id, deactivated_at,
                          two_factor_enabled, name from person) p) as people,
                         (select json_agg(i order by id) from invitation i) as invitations,
                         (select json_agg(t order by id) from team t) as teams,
                         (select json_agg(s order by code) from service_type s) as types,
                         (select json_agg(s.id order by id) from sign_in_session s) as sessions,
                         (select count(*) from audit_entry) as entries, (select count(*) from outbox) as jobs`)
      )[0]
  };
}

export const anAddress = (role = 'staff') => `${randomBytes(5).toString('hex')}@${role}.example`;

/** Where nobody and nothing is. */
export const nowhere = '00000000-0000-7000-8000-000000000000';
