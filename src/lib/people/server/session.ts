/** Who is behind a session cookie: one signed token, one statement, no library on the way. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { CompiledQuery, sql } from 'kysely';
import { nobody, type Customer, type PersonActor, type Role } from '#lib/platform/actor.ts';
import type { Database, Db } from '#lib/platform/server/db.ts';
import { naming } from '#lib/platform/server/driver.ts';

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
  const { rows } = await db.executeQuery<SessionRow>(
    // Asked before every page: it need not be put together first.
    CompiledQuery.raw('select * from session_actor($1)', [token])
  );
  return personIn(db, rows[0]);
}

/** The person in an answer of `session_actor`. That they were here is noted beside it. */
function personIn(db: Db, row: SessionRow | undefined): Person | null {
  if (!row) return null;
  if (Date.now() - row.seen_at.getTime() > fiveMinutes) noteSeen(db, row.session_id);
  return {
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
  };
}

/**
 * A customer who comes in together with their first question: the database finds the session and takes on its actor by
 * itself, in the same breath. Whoever else carries the cookie, staff above all, comes in as nobody and sees nothing.
 */
export interface Comer {
  db: Db;
  /** Whoever it is: their id is known as soon as something was answered, and not before. */
  actor: Customer;
  /** Who it was, behind the first answer; null where no customer is signed in by this cookie. */
  person(): Person | null;
}

/** Null where the cookie is none of ours. */
export function comingIn(database: Database, secret: string, cookie: string | undefined): Comer | null {
  const token = cookie && tokenOf(cookie, secret);
  if (!token) return null;

  let person: Person | null = null;
  const db = database.asNamedBy({
    // Whoever was found once in this request need not be looked for again.
    get statement() {
      return person ? naming(actorOf(person)).statement : { ...customerOfSession, values: [token] };
    },
    heard: ({ rows }) => {
      person ??= personIn(database.as(nobody), rows[0] as SessionRow | undefined);
    }
  });
  const actor: Customer = {
    ...{ kind: 'person', role: 'customer', team: null },
    get id() {
      if (!person) throw new Error('it was asked who comes before the database said so');
      return person.id;
    }
  };
  return { db, actor, person: () => person };
}

/** Without such a session no actor is set, and a transaction begins without one. */
const customerOfSession = {
  name: 'customer-of-session',
  text: `select s.*, set_config('app.person', s.person_id::text, true), set_config('app.role', s.role, true)
         from session_actor($1) s where s.role = 'customer'`
};

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
