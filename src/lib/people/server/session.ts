/** Who is behind a session cookie: one signed token, one statement, no library on the way. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { nobody, type PersonActor, type Role } from '#lib/platform/actor.ts';
import type { Database, Db } from '#lib/platform/server/db.ts';

/** The name that the sign-in library gives its cookie, before `hostCookie`. */
export const sessionCookie = 'hearth.session_token';

/** A person who has signed in, as pages know them. */
export interface Person {
  id: string;
  name: string;
  email: string;
  role: Role;
  team: string | null;
  locale: string;
  emailVerified: boolean;
  twoFactor: boolean;
  demo: boolean;
  session: string;
}

export const actorOf = (person: Person): PersonActor => ({
  kind: 'person',
  id: person.id,
  role: person.role,
  team: person.team
});

/** The person whose session this cookie value names, or null. Throws only when the database cannot be reached. */
export async function whoIsThere(
  database: Database,
  secret: string,
  cookie: string | undefined
): Promise<Person | null> {
  const token = cookie && tokenOf(cookie, secret);
  if (!token) return null;

  const db = database.as(nobody);
  const { rows } = await sql<SessionRow>`select * from session_actor(${token})`.execute(db);
  const row = rows[0];
  if (row && Date.now() - row.seen_at.getTime() > fiveMinutes) noteSeen(db, row.session_id);
  return row
    ? {
        id: row.person_id,
        name: row.name,
        email: row.email,
        role: row.role,
        team: row.team_id,
        locale: row.locale,
        emailVerified: row.email_verified,
        twoFactor: row.two_factor_enabled,
        demo: row.demo,
        session: row.session_id
      }
    : null;
}

/** The token inside a cookie `token.signature`, if we signed it. A copy of the database cannot make one. */
export function tokenOf(cookie: string, secret: string): string | null {
  const dot = cookie.lastIndexOf('.');
  if (dot < 1) return null;

  const token = cookie.slice(0, dot);
  const given = Buffer.from(cookie.slice(dot + 1), 'base64');
  const right = createHmac('sha256', secret).update(token).digest();
  return given.length === right.length && timingSafeEqual(given, right) ? token : null;
}

const fiveMinutes = 5 * 60_000;

/** Nobody waits for it, and nothing is lost when it fails: the next page notes it again. */
function noteSeen(db: Db, session: string) {
  sql`select session_seen(${session})`.execute(db).catch(() => {});
}

interface SessionRow {
  session_id: string;
  person_id: string;
  name: string;
  email: string;
  role: Role;
  team_id: string | null;
  locale: string;
  email_verified: boolean;
  two_factor_enabled: boolean;
  demo: boolean;
  seen_at: Date;
}
