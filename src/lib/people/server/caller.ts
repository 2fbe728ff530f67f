/** A browser as the door and the sign-in library need to know it: its cookies, its name, and where it calls from. */
import { addressDigest } from '#lib/platform/server/address-digest.ts';
import type { Call } from './authenticate.ts';
import type { Caller } from './sign-in.ts';

interface Event {
  request: Request;
  cookies: { get(name: string): string | undefined };
  getClientAddress(): string;
}

/** Who comes, for `authenticate.ts`. */
export const callOf = ({ cookies, getClientAddress }: Omit<Event, 'request'>, secret: string): Call => ({
  cookie: (name) => cookies.get(name),
  source: addressDigest(getClientAddress(), secret)
});

export function callerOf({ request, getClientAddress }: Omit<Event, 'cookies'>): Caller {
  const headers = new Headers();
  for (const name of ['cookie', 'user-agent']) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value.slice(0, 8000));
  }
  return { headers, address: getClientAddress() };
}
