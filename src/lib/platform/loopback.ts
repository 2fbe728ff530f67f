/** Whether an address stays inside this machine. */

/** `host` as in HOST or in a web address: a name or a number, IPv6 with or without brackets. */
export const isLoopback = (host: string) =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  /^127(\.\d{1,3}){3}$/.test(host) ||
  /^\[?::1\]?$/.test(host);

/** A database on this machine: by loopback, or by a socket, which is a folder instead of a host name. */
export function isLoopbackDatabase(url: string) {
  const address = new URL(url);
  const host = decodeURIComponent(address.searchParams.get('host') ?? address.hostname);
  return host === '' || host.startsWith('/') || isLoopback(host);
}
