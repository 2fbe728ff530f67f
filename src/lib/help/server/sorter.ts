/** Sorting questions on a thread of its own; newly taught ones take over once they have learned. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { config } from '#lib/platform/server/config.ts';
import { log } from '#lib/platform/server/log.ts';
import type { Guess } from '../intent/classifier.ts';
import type { Knowledge } from './knowledge.ts';

const program = join(import.meta.dirname, 'classifying-thread.ts');

/** How long a question may wait for its guesses, in milliseconds: without them a person is offered. */
const patience = 3_000;
const mostWaiting = 200;

/** Guesses, likeliest first; none where it cannot say in time. */
export interface Sorter {
  guess(text: string): Promise<Guess[]>;
  close(): Promise<void>;
}

/** A sorter that has learned these; null where it could not. */
export async function teach(knowledge: Knowledge): Promise<Sorter | null> {
  const waiting = new Map<number, (guesses: Guess[]) => void>();
  const thread = new Worker(program, { workerData: { ...knowledge, folder: config.learnedDir } });
  thread.unref();
  let last = 0;
  let learned: (ready: boolean) => void = () => {};
  const ready = new Promise<boolean>((done) => (learned = done));

  thread.on('message', ({ id, guesses = [] }: { id: number; guesses?: Guess[] }) => {
    if (id === 0) learned(true);
    waiting.get(id)?.(guesses);
    waiting.delete(id);
  });
  thread.on('error', (error) => log.error('the thread that sorts questions died', { error }));
  thread.on('exit', () => {
    learned(false);
    for (const answered of waiting.values()) answered([]);
    waiting.clear();
    last = -1;
  });

  if (!(await ready)) return null;
  return {
    async guess(text) {
      if (last < 0 || waiting.size >= mostWaiting) return [];
      const id = ++last;
      const answer = new Promise<Guess[]>((answered) => waiting.set(id, answered));
      thread.postMessage({ id, text });
      const guesses = await Promise.race([answer, pause(patience, [] as Guess[], { ref: false })]);
      waiting.delete(id);
      return guesses;
    },
    close: async () => void (await thread.terminate())
  };
}
