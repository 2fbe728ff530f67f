/** Who comes in: worked out from two cookies, for pages and for everything the process shell mounts, alike. */
import type { Actor } from '#lib/platform/actor.ts';
import { hostCookie } from '#lib/platform/cookie.ts';
import type { Database, Db } from '#lib/platform/server/db.ts';
import { mustSetUpSecondFactor } from '../access.ts';
import { actorOf, sessionCookie, whoIsThere, type Person } from './session.ts';
import { visitorCookie, visitorDigest } from './visitor.ts';

/** Somebody at the door: who they are, and the database as they see it. */
export interface Entrant {
  person: Person | null;
  actor: Actor;
  db: Db;
}

/** A call at the door: its cookies, and the digest of the network it comes from. */
export interface Call {
  cookie(name: string): string | undefined;
  source: string;
}

/** What is needed to recognise anybody. `secure` says whether the site is served over https. */
export interface Doorkeeper {
  database: Database;
  secret: string;
  secure: boolean;
}

/**
 * Recognises whoever carries these cookies. Staff who still owe a second factor may do no more than a visitor until
 * they have set it up. Throws only when the database cannot be reached.
 */
export async function enter(keeper: Doorkeeper, call: Call): Promise<Entrant> {
  const { database, secret, secure } = keeper;
  const { cookie } = call;
  const person = await whoIsThere(database, secret, cookie(hostCookie(sessionCookie, secure)));
  const known = person && !mustSetUpSecondFactor(person);
  const actor = known ? { ...actorOf(person), source: call.source } : visitor(call, keeper);
  return { person, actor, db: database.as(actor) };
}

/** Somebody of whom nothing is known, without asking the database. */
export function stranger(keeper: Doorkeeper, call: Call): Entrant {
  const actor = visitor(call, keeper);
  return { person: null, actor, db: keeper.database.as(actor) };
}

const visitor = ({ cookie, source }: Call, { secret, secure }: Doorkeeper): Actor => ({
  kind: 'visitor',
  visitor: visitorDigest(cookie(hostCookie(visitorCookie, secure)), secret),
  source
});
