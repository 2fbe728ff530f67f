/** Reading one cookie out of a header. What a stranger made up is read as it stands: it opens nothing, and fails nothing. */

/** A cookie's name where it is served: with https its prefix lets no other host set it (RFC 6265bis §4.1.3.2). */
export const hostCookie = (name: string, secure: boolean) => (secure ? `__Host-${name}` : name);

/** What stands under a name in a `Cookie` header, the first where there are several. */
export function cookieIn(header: string | null | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return decoded(part.slice(at + 1).trim());
  }
  return undefined;
}

function decoded(value: string): string {
  const bare = value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}
