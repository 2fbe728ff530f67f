/** Notices when something stands differently than before. */
import type { Asker } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Gauge } from './topic.ts';

export interface Watched {
  event: string;
  hears(actor: Asker): boolean;
  /** How it stands, as far as we know; undefined before the first look. */
  newest(): unknown;
  look(): void;
}

/** Calls `changed` with how it stands at first, and then whenever that is another. */
export function watch(db: Db, { event, hears, now }: Gauge, changed: (data: unknown) => void): Watched {
  let newest: unknown;
  let last = '';
  let looking = false;

  async function lookOnce() {
    looking = true;
    try {
      const found = await now(db);
      const written = JSON.stringify(found);
      newest = found;
      if (written !== last) changed(found);
      last = written;
    } catch {
      // The database is away; a second later it may be back.
    } finally {
      looking = false;
    }
  }

  return {
    ...{ event, hears },
    newest: () => newest,
    look() {
      if (!looking) void lookOnce();
    }
  };
}
