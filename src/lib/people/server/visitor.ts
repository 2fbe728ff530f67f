/** Visitors who have not signed in: known by a signed random cookie, in the database only by its digest. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The cookie's name, before `hostCookie`. */
export const visitorCookie = 'hearth.visitor';

/** How the cookie is set. It lasts thirty days, in seconds. */
export const visitorCookieOptions = (secure: boolean) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 30 * 24 * 3600 }) as const;

/** A fresh cookie value `random.signature`. */
export function newVisitor(secret: string): string {
  const random = randomBytes(18).toString('base64url');
  return `${random}.${sign(random, secret)}`;
}

/** The digest under which drafts and uploads of this cookie are kept, or null when we did not sign it. */
export function visitorDigest(cookie: string | undefined, secret: string): string | null {
  const [random, signature] = cookie?.split('.') ?? [];
  if (!random || !signature) return null;

  const given = Buffer.from(signature, 'base64url');
  const right = Buffer.from(sign(random, secret), 'base64url');
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  return createHash('sha256').update(random).digest('base64url');
}

const sign = (random: string, secret: string) =>
  createHmac('sha256', secret).update(`visitor ${random}`).digest('base64url');
