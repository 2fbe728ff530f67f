/** A browser as the sign-in library needs to know it: its cookies, its name, and where it calls from. */
import type { Caller } from './sign-in.ts';

interface Call {
  request: Request;
  getClientAddress(): string;
}

export function callerOf({ request, getClientAddress }: Call): Caller {
  const headers = new Headers();
  for (const name of ['cookie', 'user-agent']) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value.slice(0, 8000));
  }
  return { headers, address: getClientAddress() };
}
