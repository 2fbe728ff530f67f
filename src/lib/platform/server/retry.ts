/** Waits for a database that is away, as while it starts again after it was killed. */
import { setTimeout as pause } from 'node:timers/promises';
import { isUnreachable } from './db.ts';
import { log } from './log.ts';

const between = 250;
const saidEvery = 10_000;

/** Does something over again for as long as it fails because the database is away. Only for what may be done twice. */
export async function patiently<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let said = 0; ; await pause(between)) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (problem) {
      if (!isUnreachable(problem)) throw problem;
      if (Date.now() - said < saidEvery) continue;
      log.warn('the database is away; waiting for it');
      said = Date.now();
    }
  }
}
