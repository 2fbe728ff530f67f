/** The roles of the database, and a login for each: whoever serves pages must not be able to become who signs people in. */
import { createHmac } from 'node:crypto';
import pg from 'pg';
import { withConnection } from './connection.ts';

/** Owns nothing and logs in nowhere; what it may do stands in the migrations. */
export type Role = 'hearth_web' | 'hearth_auth' | 'hearth_worker';
export const roles: readonly Role[] = ['hearth_web', 'hearth_auth', 'hearth_worker'];

/** A login takes on its one role and has no rights of its own. */
export interface Login {
  name: string;
  role: Role;
  password: string;
}

/** One login for each role of a database on a server of others, where several Hearths may live. */
export const loginsFor = (database: string, key: string): Login[] =>
  roles.map((role) => {
    const name = `${database.slice(0, 40)}_${role.replace('hearth_', '')}_login`;
    return { name, role, password: createHmac('sha256', key).update(`login ${name}`).digest('base64url') };
  });

/** Makes the roles where they are missing, and the owner a member of them, as who makes grants must be. */
export async function ensureRoles(client: pg.Client) {
  for (const role of roles) {
    await ensure(client, role, 'nologin');
    await joinRole(client, role);
  }
}

/** Makes the logins where they are missing, and takes from them whatever else they could turn into. */
export async function ensureLogins(client: pg.Client, logins: readonly Login[]) {
  for (const { name, role, password } of logins) {
    const secret = client.escapeLiteral(password);
    await ensure(client, name, `login noinherit password ${secret}`, `alter role %I password ${secret}`);
    await onlyMember(client, name, role);
  }
}

/** Whether a login is let in. Throws a sentence when it is not. */
export async function tryLogin(url: string) {
  try {
    await withConnection(url, (client) => client.query('select 1'));
  } catch (problem) {
    throw new Error(
      `The server named in DATABASE_URL does not let in ${new URL(url).username}, a login that Hearth has made there. ` +
        'Let it in with its password (pg_hba.conf), or name logins of your own in WEB_DATABASE_URL, AUTH_DATABASE_URL ' +
        'and WORKER_DATABASE_URL.',
      { cause: problem }
    );
  }
}

async function ensure(client: pg.Client, name: string, attributes: string, otherwise?: string) {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
  const quoted = client.escapeIdentifier(name);
  try {
    if (rowCount === 0) await client.query(`create role ${quoted} ${attributes}`);
    else if (otherwise) await client.query(otherwise.replace('%I', () => quoted));
  } catch (error) {
    if (codeOf(error) === '42501')
      throw new Error(
        rowCount === 0
          ? `The database login lacks the right CREATEROLE, so the role ${name} could not be made. ` +
              `Grant it, or let an administrator run: create role ${quoted} ${attributes.split(' password')[0]};`
          : `The database login may not change the role ${name}. Let an administrator run: grant ${quoted} to this login with admin option;`,
        { cause: error }
      );
    // Another migrator on the same server may have been quicker: then the role is there, which is all we want.
    if (codeOf(error) !== '42710' && codeOf(error) !== '23505') throw error;
  }
}

async function joinRole(client: pg.Client, role: Role) {
  try {
    await client.query(`do $$ begin
      if not pg_has_role(current_user, '${role}', 'member') then grant ${role} to current_user; end if;
    end $$`);
  } catch (error) {
    if (codeOf(error) !== '42501') throw error;
    throw new Error(
      `The database login is not a member of the role ${role} and may not make itself one. ` +
        `Let an administrator run: grant ${role} to this login;`,
      { cause: error }
    );
  }
}

async function onlyMember(client: pg.Client, login: string, role: Role) {
  const quoted = client.escapeIdentifier(login);
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(r.rolname) as name from pg_auth_members m join pg_roles r on r.oid = m.roleid
     where m.member = (select oid from pg_roles where rolname = $1)`,
    [login]
  );
  try {
    for (const { name } of rows) if (name !== role) await client.query(`revoke ${name} from ${quoted}`);
    if (!rows.some(({ name }) => name === role)) await client.query(`grant ${role} to ${quoted}`);
  } catch (error) {
    if (codeOf(error) !== '42501') throw error;
    throw new Error(
      `The database login may not say what ${login} may turn into. ` +
        `Let an administrator run: grant ${role} to this login with admin option;`,
      { cause: error }
    );
  }
}

const codeOf = (error: unknown) => (error instanceof pg.DatabaseError ? error.code : undefined);
