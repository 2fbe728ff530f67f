/** Signing in and out. The same answer, after the same work, whether the address is known or not. */
import { APIError } from 'better-auth/api';
import { cookieIn, hostCookie } from '#lib/platform/cookie.ts';
import { knownBrowser } from './known-browser.ts';
import { asLibraryKnows } from './library-email.ts';
import { tidyRecoveryCode } from './recovery-codes.ts';
import { tokenOf } from './session.ts';
import type { Auth } from './auth.ts';
import { countTry, firstTime, giveBackTry } from './throttle.ts';

/** A browser as the library sees it: its cookies and its name. */
export interface Caller {
  headers: Headers;
  /** The network address it calls from. */
  address: string;
}

/** `headers` carry the cookies to set. */
export type SignedIn =
  | { outcome: 'in'; person: string; headers: Headers }
  | { outcome: 'second_factor'; headers: Headers }
  | { outcome: 'wrong' };

/** Tries an address and a password. A session that the browser already had ends: its id never lives on. */
export async function signIn(auth: Auth, caller: Caller, given: { email: string; password: string }) {
  const who = trier(auth, caller, given.email);
  await countTry(auth.db, auth.secret, 'sign_in', who);

  const answer = await orWrong(
    auth.library.api.signInEmail({
      body: { email: asLibraryKnows(given.email), password: given.password },
      headers: caller.headers,
      returnHeaders: true
    })
  );
  if (!answer) return { outcome: 'wrong' } satisfies SignedIn;

  await giveBackTry(auth.db, auth.secret, 'sign_in', who);
  await endSessionOf(auth, caller);
  return outcomeOf(answer);
}

/** The second step: six digits from the app, or a recovery code. Each is good for one time only. */
export async function giveSecondFactor(auth: Auth, caller: Caller, code: string): Promise<SignedIn> {
  const challenge = challengeOf(auth, caller);
  const person = challenge && (await challenged(auth, challenge));
  if (!person) return { outcome: 'wrong' };

  const who = trier(auth, caller, person);
  await countTry(auth.db, auth.secret, 'second_factor', who);
  const isFromApp = /^\d{6}$/.test(code);
  // An app shows a code for 30 seconds and the library accepts its neighbours: seen once, it is spent.
  if (isFromApp && !(await firstTime(auth.db, auth.secret, `code ${person} ${code}`, 120)))
    return { outcome: 'wrong' };

  const call = { headers: caller.headers, returnHeaders: true } as const;
  const { verifyTOTP, verifyBackupCode } = auth.library.api;
  const answer = await orWrong(
    isFromApp
      ? verifyTOTP({ ...call, body: { code } })
      : verifyBackupCode({ ...call, body: { code: tidyRecoveryCode(code) } })
  );
  if (!answer) return { outcome: 'wrong' };

  await giveBackTry(auth.db, auth.secret, 'second_factor', who);
  return { outcome: 'in', person, headers: answer.headers };
}

/** Whether this browser has given its password and owes us a second factor. */
export async function owesSecondFactor(auth: Auth, caller: Caller): Promise<boolean> {
  const challenge = challengeOf(auth, caller);
  return challenge !== null && (await challenged(auth, challenge)) !== null;
}

/** Ends the session of this browser. The headers take its cookies away. */
export async function signOut(auth: Auth, caller: Caller): Promise<Headers> {
  const { headers } = await auth.library.api.signOut({ headers: caller.headers, returnHeaders: true });
  return headers;
}

/** What the library gives, or null when it says that what was given is wrong. Anything else is a fault. */
export async function orWrong<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return null;
    throw error;
  }
}

const trier = (auth: Auth, { headers, address }: Caller, account: string) => ({
  account,
  address,
  browser: knownBrowser(headers.get('cookie'), auth.secret, account)
});

function outcomeOf({ headers, response }: { headers: Headers; response: object }): SignedIn {
  if ('twoFactorRedirect' in response) return { outcome: 'second_factor', headers };
  if ('user' in response && isPerson(response.user))
    return { outcome: 'in', person: response.user.id, headers };
  throw new Error('the sign-in library gave an answer we do not know');
}

const isPerson = (user: unknown): user is { id: string } =>
  typeof user === 'object' && user !== null && 'id' in user;

async function endSessionOf(auth: Auth, caller: Caller) {
  const token = signedCookie(auth, caller, 'session_token');
  if (token) await auth.db.deleteFrom('sign_in_session').where('token', '=', token).execute();
}

const challengeOf = (auth: Auth, caller: Caller) => signedCookie(auth, caller, 'two_factor');

async function challenged(auth: Auth, challenge: string): Promise<string | null> {
  const { internalAdapter } = await auth.library.$context;
  const waiting = await internalAdapter.findVerificationValue(challenge);
  return waiting && waiting.expiresAt > new Date() ? waiting.value : null;
}

/** What stands in one of the library's signed cookies, if we signed it. */
function signedCookie(auth: Auth, caller: Caller, name: string): string | null {
  const cookies = caller.headers.get('cookie');
  const value = cookieIn(cookies, hostCookie(`hearth.${name}`, auth.secure));
  return value ? tokenOf(value, auth.secret) : null;
}
