/** Where a form may send people back to: a place of ours and nowhere else, whatever the form says. */

/** The path if it is one of our own, otherwise the home page. */
export function wayBack(path: unknown): string {
  // The browser reads `//host` and `/\host` as another site, and drops tabs and line breaks before it looks.
  return typeof path === 'string' && /^\/(?![/\\])[^\\\s\p{Cc}]*$/u.test(path) ? path : '/';
}
