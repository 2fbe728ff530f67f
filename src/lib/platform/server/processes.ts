/** Keeps child processes running: started again when they die, stopped in order, gone when we are gone. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { log } from './log.ts';

export type Kept = {
  /** Settles when it first says that it is ready. */
  ready: Promise<void>;
  restart(): void;
  stop(): Promise<void>;
  kill(): void;
};

type Options = { env: NodeJS.ProcessEnv; stopWithin: number; onGivenUp: (sentence: string) => void };

/** One that lived this long was well: its next failure is a new story. */
const wellAfter = 10_000;
const longestWait = 5_000;
/** One that ends by itself so often before it ever said that it is ready has a fault that patience does not mend. */
const mostTries = 4;

/**
 * Runs a script of ours and keeps it running: for good, once it has said that it is ready, for what was well before can
 * be well again. The child leads its own process group, so that Ctrl-C reaches it only through us, in our order. It
 * ends by itself when the channel to us closes, so that killing us leaves nothing behind.
 */
export function keepRunning(name: string, script: string, { env, stopWithin, onGivenUp }: Options): Kept {
  let child: ChildProcess;
  let stopping = false;
  let restarting = false;
  let wasReady = false;
  let failures = 0;
  const { promise: ready, resolve: sayReady } = Promise.withResolvers<void>();

  const start = () => {
    const since = Date.now();
    restarting = false;
    child = fork(script, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true });
    let reason: string | null = null;
    child.on('message', (said: 'ready' | { givenUp: string }) => {
      if (said !== 'ready') return void (reason = said.givenUp);
      wasReady = true;
      sayReady();
    });
    child.once('exit', (code, signal) => {
      if (stopping) return;
      if (restarting) return start();
      if (Date.now() - since > wellAfter) failures = 0;
      // Who is killed did not fail.
      if (signal !== 'SIGKILL') failures += 1;
      if (!wasReady && reason) return onGivenUp(reason);
      if (!wasReady && failures >= mostTries) {
        return onGivenUp(`The ${name} process does not come to life; its last words are above.`);
      }
      log.error(`the ${name} process died and is started again`, {
        code,
        signal,
        reason: reason ?? undefined
      });
      setTimeout(() => stopping || start(), Math.min(100 * 2 ** failures, longestWait));
    });
  };
  start();

  return {
    ready,
    /** For a change of what it is made of: one that is dead just now is about to be started again anyway. */
    restart() {
      if (stopping || restarting || !isAlive(child)) return;
      restarting = true;
      child.kill('SIGTERM');
    },
    async stop() {
      stopping = true;
      if (!isAlive(child)) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), stopWithin);
      await gone;
      clearTimeout(late);
    },
    kill() {
      stopping = true;
      child.kill('SIGKILL');
    }
  };
}

const isAlive = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;
