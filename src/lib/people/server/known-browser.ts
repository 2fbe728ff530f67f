/** A browser that has signed in before, counted apart: whoever guesses from elsewhere does not shut its owner out. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { cookieIn, hostCookie } from '#lib/platform/cookie.ts';
import { digest } from '#lib/platform/server/seal.ts';

const knownCookie = 'hearth.known';
/** A family shares a browser; the longest unused of so many is forgotten. */
const mostAccounts = 8;

/** How the cookie is set: `Path`, and a year in seconds. */
export const knownCookieOptions = (secure: boolean) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 365 * 24 * 3600 }) as const;

/** The cookie's name where it is served: with https nobody else may set it. */
export const nameOfKnownCookie = (secure: boolean) => hostCookie(knownCookie, secure);

/** The random name of a browser, and proofs by us of the accounts that were signed in with it. Never who they are. */
interface Known {
  browser: string;
  proofs: string[];
}

/** The cookie after `accounts` (an address, a person's id) have been signed in with this browser. */
export function remember(cookie: string | undefined, secret: string, accounts: string[]): string {
  const { browser, proofs } = read(cookie) ?? { browser: randomBytes(12).toString('base64url'), proofs: [] };
  const added = accounts.map((account) => proofOf(browser, account, secret));
  const kept = proofs.filter((proof) => !added.includes(proof));
  return [browser, ...[...added, ...kept].slice(0, mostAccounts)].join('.');
}

/** The name of the browser that sent these cookies, when this account was signed in with it before; else null. */
export function knownBrowser(cookies: string | null, secret: string, account: string): string | null {
  const known = [true, false]
    .map((secure) => read(cookieIn(cookies, nameOfKnownCookie(secure))))
    .find(Boolean);
  if (!known) return null;
  const right = Buffer.from(proofOf(known.browser, account, secret));
  const said = known.proofs.map((proof) => Buffer.from(proof));
  return said.some((proof) => proof.length === right.length && timingSafeEqual(proof, right))
    ? known.browser
    : null;
}

function read(cookie: string | undefined): Known | null {
  const [browser, ...proofs] = (cookie ?? '').slice(0, 400).split('.');
  return browser?.length === 16 ? { browser, proofs: proofs.filter((proof) => proof.length === 22) } : null;
}

const proofOf = (browser: string, account: string, secret: string) =>
  digest(`${browser} ${account.toLowerCase()}`, secret, 'known browser')
    .subarray(0, 16)
    .toString('base64url');
