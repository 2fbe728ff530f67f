/** Notices, on behalf of all open desks, that something happened on any emergency. */
import type { Db } from '#lib/platform/server/db.ts';
import { emergencyPulse, type Pulse } from './queries.ts';

export interface Watch {
  /** Looks now. Called on every ring of the bell; once a second it looks by itself. */
  look(): void;
  stop(): void;
}

/** Calls `beat` with the first pulse, and then with every other one. */
export function watchEmergencies(db: Db, beat: (pulse: Pulse) => void): Watch {
  let last = '';
  let looking = false;

  function look() {
    if (looking) return;
    looking = true;
    emergencyPulse(db)
      .then((pulse) => {
        const now = JSON.stringify(pulse);
        if (now !== last) beat(pulse);
        last = now;
      })
      // The database is away; a second later it may be back.
      .catch(() => {})
      .finally(() => (looking = false));
  }

  const everySecond = setInterval(look, 1000).unref();
  look();
  return { look, stop: () => clearInterval(everySecond) };
}
