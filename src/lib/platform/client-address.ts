/** The network address a request comes from: the socket's, or what a proxy of ours says it saw. */

/**
 * A proxy appends the address it saw to `X-Forwarded-For`; whatever stands before it the client may have made up.
 * So only the last one counts, and only where there is a proxy that we trust.
 */
export function clientAddress(
  socket: string | undefined,
  forwarded: string | undefined,
  trustProxy: boolean
): string {
  const seen = trustProxy ? forwarded?.split(',').at(-1)?.trim() : undefined;
  return seen || socket || 'unknown';
}
