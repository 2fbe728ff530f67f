/** Carries the cookies of the sign-in library over to the answer of a page. */
import { parseSetCookieHeader, toCookieOptions } from 'better-auth/cookies';

/** The part of SvelteKit's cookies that is needed. */
interface Jar {
  set(name: string, value: string, options: ReturnType<typeof toCookieOptions> & { path: string }): void;
}

export function carryCookies(from: Headers, jar: Jar) {
  for (const header of from.getSetCookie()) {
    for (const [name, { value, ...attributes }] of parseSetCookieHeader(header)) {
      jar.set(name, value, { ...toCookieOptions({ value, ...attributes }), path: attributes.path ?? '/' });
    }
  }
}
