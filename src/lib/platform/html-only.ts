/** Facts that a page draws and that no script of it will ever ask for. */

const drawnOnly = new WeakSet<object>();

/**
 * Marks the facts of a page without scripts. SvelteKit writes out what a page was given once more, for its scripts, and
 * throws that away where a page has none. Marked, they are passed over: see `hooks.ts`.
 */
export function htmlOnly<Facts extends object>(facts: Facts): Facts {
  drawnOnly.add(facts);
  return facts;
}

export const isHtmlOnly = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && drawnOnly.has(value);
