/** Links we mail: each opens one thing once. The link is the id of a `verification` row, signed; no token is kept. */
import { timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { digest, seal, unseal } from '#lib/platform/server/seal.ts';

/** What each kind of link carries, sealed, until it is opened. */
export interface Links {
  /** A sign-up that waits for its e-mail address to be confirmed. There is no person yet. */
  'sign-up': {
    email: string;
    name: string;
    locale: string;
    password: string;
    next: string | null;
    visitor: string | null;
  };
  /** A forgotten password. Nobody, when the address is not known: the row is made all the same. */
  reset: { person: string | null; stamp: string };
  /** A new e-mail address, to be confirmed from its own mailbox. */
  'change-email': { person: string; email: string; stamp: string };
  /** The way back for the old mailbox, after the address was changed at this moment. */
  'email-back': { person: string; email: string; at: string };
  /** The first admin of a fresh installation. */
  'first-admin': Record<string, never>;
}
export type LinkKind = keyof Links;

/** Invitations stand in tables of their own; only their links are made and read here. */
export type SignedKind = LinkKind | 'invitation' | 'account-invitation';

/** How many minutes each kind of link can be opened. */
export const minutesOpen: Record<LinkKind, number> = {
  'sign-up': 24 * 60,
  reset: 30,
  'change-email': 60,
  'email-back': 7 * 24 * 60,
  'first-admin': 24 * 60
};

/** Keeps what a link will carry. Returns the id, from which `linkToken` makes the link. */
export async function keepLink<Kind extends LinkKind>(
  tx: Db,
  secret: string,
  kind: Kind,
  carries: Links[Kind]
) {
  const { id } = await tx
    .insertInto('verification')
    .values({
      identifier: kind,
      value: seal(JSON.stringify(carries), secret, kind),
      expires_at: sql`now() + make_interval(mins => ${minutesOpen[kind]})`
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** What a link carries, without using it up; null when it is used, expired, or not ours. */
export async function readLink<Kind extends LinkKind>(db: Db, secret: string, kind: Kind, token: string) {
  const id = linkId(secret, kind, token);
  return id === null ? null : keptLink(db, secret, kind, id);
}

/** The same by id, for the letter-writer. */
export async function keptLink<Kind extends LinkKind>(db: Db, secret: string, kind: Kind, id: string) {
  const row = await db
    .selectFrom('verification')
    .select('value')
    .where('id', '=', id)
    .where('identifier', '=', kind)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return row ? carried(row.value, secret, kind) : null;
}

/** Uses a link up and says what it carried. Of two who open it at once, one gets null. */
export async function useLink<Kind extends LinkKind>(tx: Db, secret: string, kind: Kind, token: string) {
  const id = linkId(secret, kind, token);
  if (id === null) return null;
  const row = await tx
    .deleteFrom('verification')
    .where('id', '=', id)
    .where('identifier', '=', kind)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('value')
    .executeTakeFirst();
  return row ? carried(row.value, secret, kind) : null;
}

/** The token in the link: 16 bytes of id and 16 of signature. Made again at every sending, and always the same. */
export function linkToken(secret: string, kind: SignedKind, id: string): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return Buffer.concat([bytes, signature(secret, kind, bytes)]).toString('base64url');
}

/** The id inside a token, if we signed it for this kind. */
export function linkId(secret: string, kind: SignedKind, token: string): string | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 32) return null;

  const id = bytes.subarray(0, 16);
  if (!timingSafeEqual(bytes.subarray(16), signature(secret, kind, id))) return null;
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const signature = (secret: string, kind: SignedKind, id: Buffer) =>
  digest(id.toString('hex'), secret, `link ${kind}`).subarray(0, 16);

function carried<Kind extends LinkKind>(value: string, secret: string, kind: Kind): Links[Kind] | null {
  const text = unseal(value, secret, kind);
  // What we sealed for this kind has the shape of this kind.
  return text === null ? null : (JSON.parse(text) as Links[Kind]);
}
