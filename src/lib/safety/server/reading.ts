/** Reading texts for danger: short ones at once, long ones on a thread of their own. It always says something safe. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { log } from '#lib/platform/server/log.ts';
import { glanceAt, readHere, type Reading } from './reading-here.ts';

/** Up to so many characters a text is read in less than 20 ms, whatever stands in it (docs/measurements.md). */
export const mostAtOnce = 800;

/** The thread, how long one long text may take on it, in milliseconds, and how many may wait for it. */
const usual = { program: join(import.meta.dirname, 'screening-thread.ts'), patience: 3_000, mostWaiting: 20 };

export interface Reader {
  read(text: string): Promise<Reading>;
  close(): Promise<void>;
}

/** A thread is there as soon as the first long text comes, and again after it has died or hangs. */
export function openReader(how: Partial<typeof usual> = {}): Reader {
  const { program, patience, mostWaiting } = { ...usual, ...how };
  const waiting = new Map<number, (reading: Reading | null) => void>();
  let thread: Worker | null = null;
  let last = 0;

  return {
    async read(text) {
      if (text.length <= mostAtOnce) return readHere(text);
      return (await ask(text)) ?? glanceAt(text);
    },
    async close() {
      await thread?.terminate();
    }
  };

  /** Null where the thread cannot say it in time. */
  async function ask(text: string): Promise<Reading | null> {
    if (waiting.size >= mostWaiting) return null;
    const asked = (thread ??= start());
    const id = ++last;
    const answer = new Promise<Reading | null>((answered) => waiting.set(id, answered));
    asked.postMessage({ id, text });
    const reading = await Promise.race([answer, pause(patience, null, { ref: false })]);
    // One that hangs is of no use to the next either.
    if (waiting.delete(id) && thread === asked) void asked.terminate();
    return reading;
  }

  function start() {
    const started = new Worker(program);
    started.unref();
    started.on('message', ({ id, reading }: { id: number; reading: Reading }) => {
      waiting.get(id)?.(reading);
      waiting.delete(id);
    });
    started.on('error', (error) => log.error('the thread that reads long texts died', { error }));
    started.on('exit', () => {
      if (thread === started) thread = null;
      for (const answered of waiting.values()) answered(null);
      waiting.clear();
    });
    return started;
  }
}
