/** Where a form may send people back to: a place of ours and nowhere else, whatever the form says. */

/** The path if it is one of our own, otherwise the home page. Written so that a header can bear it. */
export const wayBack = (path: unknown): string => ownPath(path) ?? '/';

/** The same, or nothing. */
export function ownPath(path: unknown): string | null {
  if (typeof path !== 'string' || path.length > longest) return null;
  // The browser reads `//host` and `/\host` as another site, and drops tabs and line breaks before it looks.
  if (!/^\/(?![/\\])[^\\\s\p{Cc}\p{Cs}]*$/u.test(path)) return null;
  const { pathname, search, hash } = new URL(`http://hearth.invalid${path}`);
  return pathname.startsWith('//') ? null : pathname + search + hash;
}

const longest = 2000;
