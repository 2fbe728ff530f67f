/** What a technician has half written, kept in this browser as it is typed: by person and visit, and for nobody else. */

export interface Draft {
  /** All fields of the form, as `fieldsOf` reads them. */
  fields: Record<string, string>;
  /** How many photos were chosen and had not arrived: they have to be chosen again. */
  photos: number;
  /** When it was last typed in, in milliseconds. */
  at: number;
}

const start = 'hearth visit drafts ';

/** Whoever never comes back to a visit leaves nothing behind for longer, in milliseconds. */
const longest = 14 * 24 * 3600 * 1000;

/** What every report has before anything is written in it. */
const given = new Set(['id', 'key', 'happened_at']);

export type Drafts = ReturnType<typeof keptDrafts>;

export function keptDrafts(me: string) {
  const place = start + me;

  function change(alter: (drafts: Record<string, Draft>) => void) {
    try {
      const drafts = read(place);
      alter(drafts);
      if (Object.keys(drafts).length === 0) localStorage.removeItem(place);
      else localStorage.setItem(place, JSON.stringify(drafts));
    } catch {
      // A browser that keeps nothing: it was promised to nobody.
    }
  }

  return {
    of: (id: string): Draft | null => read(place)[id] ?? null,
    keep: (id: string, { fields, photos }: Pick<Draft, 'fields' | 'photos'>) =>
      change((drafts) => {
        const isEmpty =
          photos === 0 && Object.entries(fields).every(([name, value]) => given.has(name) || value === '');
        if (isEmpty) delete drafts[id];
        else drafts[id] = { fields, photos, at: Date.now() };
      }),
    drop: (id: string) => change((drafts) => delete drafts[id])
  };
}

/** Whoever signs out leaves none. */
export function forgetDrafts() {
  for (const name of Object.keys(localStorage)) if (name.startsWith(start)) localStorage.removeItem(name);
}

function read(place: string): Record<string, Draft> {
  try {
    // Written by `change` alone.
    const all = JSON.parse(localStorage.getItem(place) ?? '{}') as Record<string, Draft>;
    return Object.fromEntries(Object.entries(all).filter(([, { at }]) => Date.now() - at < longest));
  } catch {
    return {};
  }
}
