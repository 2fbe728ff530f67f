/** The network address a request comes from: the socket's, or what a proxy of ours says it saw. */
import { isIP } from 'node:net';

/**
 * A proxy appends the address it saw to `X-Forwarded-For`; whatever stands before it the client may have made up.
 * So only the last one counts, and only where there is a proxy that we trust. Some proxies add the port, which changes
 * with every connection, and so would be a way around every limit: an address is an address, and nothing else is one.
 */
export function clientAddress(
  socket: string | undefined,
  forwarded: string | undefined,
  trustProxy: boolean
): string {
  const seen = trustProxy ? addressIn(forwarded?.split(',').at(-1) ?? '') : null;
  return seen ?? addressIn(socket ?? '') ?? 'unknown';
}

/** `198.51.100.7`, `198.51.100.7:50001`, `2001:db8::7`, `[2001:db8::7]`, `[2001:db8::7]:443`; null for anything else. */
function addressIn(text: string): string | null {
  const bare = text.trim().replace(/^"(.*)"$/, '$1');
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(bare)?.[1];
  const address = bracketed ?? (/^[\d.]+:\d{1,5}$/.test(bare) ? bare.slice(0, bare.indexOf(':')) : bare);
  return isIP(address) ? address.toLowerCase() : null;
}
