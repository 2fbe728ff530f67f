/** The life of what an article says in a language, version by version; and what two who write at once saw of it. */
import type { Locale } from '#lib/platform/language.ts';

export const versionStates = ['draft', 'proposed', 'approved', 'withdrawn'] as const;
export type VersionState = (typeof versionStates)[number];

/** What was approved can be taken back until it comes into force; then it is replaced. The database holds the same table. */
const moves: Record<VersionState, readonly VersionState[]> = {
  draft: ['proposed', 'withdrawn'],
  proposed: ['draft', 'approved', 'withdrawn'],
  approved: ['withdrawn'],
  withdrawn: []
};

export const canMove = (from: VersionState, to: VersionState) => moves[from].includes(to);

/** What the rules need to know of a version. */
export interface Version {
  locale: Locale;
  version: number;
  /** How often it was saved. */
  changes: number;
  state: VersionState;
  valid_from: Date;
}

/** Where a version stands: `replaced` was in force, or would have been, and `scheduled` will be. */
export type Standing = 'draft' | 'proposed' | 'scheduled' | 'in_force' | 'replaced' | 'withdrawn';

/** Where each version of one language stands now, the newest first. */
export function standings<One extends Version>(versions: readonly One[], now: Date) {
  const newestFirst = versions.toSorted((a, b) => b.version - a.version);
  const inForce = newestFirst.find(({ state, valid_from }) => state === 'approved' && valid_from <= now);
  return newestFirst.map((one) => ({ ...one, standing: standingOf(one, inForce) }));
}

function standingOf(one: Version, inForce: Version | undefined): Standing {
  if (one.state !== 'approved') return one.state;
  if (one === inForce) return 'in_force';
  return one.version > (inForce?.version ?? 0) ? 'scheduled' : 'replaced';
}

/** What whoever opens an article sees of it: it is another one as soon as somebody saves, proposes or approves. */
export const seenOf = (versions: readonly Version[]): string =>
  versions
    .filter(({ state }) => state !== 'withdrawn')
    .map(({ locale, version, changes, state }) => `${locale}${version}.${changes}${state[0]}`)
    .toSorted()
    .join(' ');
