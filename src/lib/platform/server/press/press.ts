/**
 * Makes papers (PDF) in a process of its own, one after the other. Setting a page takes some memory that is never given
 * back, so the process is replaced after so many; and a page that takes too long takes nobody down but itself.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { refuse } from '../../refusal.ts';
import { log } from '../log.ts';

export interface Sheet {
  /** The file that lays it out; it reads nothing outside of its folder. */
  layout: string;
  /** All that stands on it, as `sys.inputs.data`: text that is never read as markup. */
  data: unknown;
  /** The moment it counts as made: the same sheet is the same file, byte by byte. */
  madeAt: Date;
}

export type Answer = { id: number; paper: Uint8Array; boxes: boolean } | { id: number; problem: string };
export type Order = { id: number; layout: string; data: string; madeAt: number };

const usual = {
  program: join(import.meta.dirname, 'press-process.ts'),
  /** Milliseconds for one paper, with all that wait before it. */
  patience: 10_000,
  mostWaiting: 60,
  /** Papers of one process. */
  lasts: 200
};

export interface Press {
  /** The paper, or a refusal that says to try again. */
  print(sheet: Sheet): Promise<Buffer<ArrayBuffer>>;
  close(): void;
}

/** One process: what it was asked and has not answered, and how often it was asked. */
interface Hand {
  child: ChildProcess;
  waiting: Map<number, (answer: Answer | null) => void>;
  asked: number;
}

/** Starts nothing yet: the process comes with the first paper, and goes when we do. */
export function openPress(how: Partial<typeof usual> = {}): Press {
  const { program, patience, mostWaiting, lasts } = { ...usual, ...how };
  let hand: Hand | null = null;

  return {
    async print({ layout, data, madeAt }) {
      const answer = await ask({ layout, data: JSON.stringify(data), madeAt: Math.trunc(+madeAt / 1000) });
      if (!answer || 'problem' in answer) {
        log.error('a paper could not be made', { layout, problem: answer?.problem ?? 'no answer' });
        return refuse('unavailable', 'errors.no_paper');
      }
      if (answer.boxes) log.warn('a paper holds letters that no font has', { layout });
      return Buffer.from(answer.paper);
    },
    close: () => void hand?.child.kill('SIGKILL')
  };

  async function ask(order: Omit<Order, 'id'>): Promise<Answer | null> {
    const { child, waiting, asked } = (hand ??= start());
    if (waiting.size >= mostWaiting) return null;
    const id = ++hand.asked;
    const answer = new Promise<Answer | null>((answered) => waiting.set(id, answered));
    child.send({ id, ...order } satisfies Order);
    // It finishes what it was given, while the next one takes orders already.
    if (asked + 1 >= lasts) hand = null;
    const result = await Promise.race([answer, pause(patience, null, { ref: false })]);
    // One that hangs is of no use to the next either.
    if (waiting.delete(id)) child.kill('SIGKILL');
    return result;
  }

  function start(): Hand {
    // Nothing of ours for it to know: neither the address of the database nor the secret.
    const child = fork(program, {
      env: {},
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc']
    });
    child.unref();
    child.channel?.unref();
    const started: Hand = { child, waiting: new Map(), asked: 0 };
    child.on('message', (answer: Answer) => {
      started.waiting.get(answer.id)?.(answer);
      started.waiting.delete(answer.id);
      if (hand !== started && started.waiting.size === 0) child.disconnect();
    });
    const gone = () => {
      if (hand === started) hand = null;
      for (const answered of started.waiting.values()) answered(null);
      started.waiting.clear();
    };
    child.on('exit', gone);
    child.on('error', (error) => {
      log.error('the press does not run', { error });
      gone();
    });
    return started;
  }
}
