/** Keeps child processes running: started again when they die, stopped in order, gone when we are gone. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { log } from './log.ts';

export type Kept = { stop(): Promise<void>; kill(): void };

type Options = { env: NodeJS.ProcessEnv; stopWithin: number; onGivenUp: (sentence: string) => void };

/** One that lived this long was well: its next failure is a new story. */
const wellAfter = 10_000;
const mostFailures = 7;

/**
 * Runs a script of ours and keeps it running. The child leads its own process group, so that Ctrl-C reaches it only
 * through us, in our order. It ends by itself when the channel to us closes, so that killing us leaves nothing behind.
 */
export function keepRunning(name: string, script: string, { env, stopWithin, onGivenUp }: Options): Kept {
  let child: ChildProcess;
  let stopping = false;
  let failures = 0;

  const start = () => {
    const since = Date.now();
    child = fork(script, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true });
    child.once('exit', (code, signal) => {
      if (stopping) return;
      // Who is killed did not fail: only deaths of its own making are counted against it.
      if (signal !== 'SIGKILL') failures = Date.now() - since > wellAfter ? 1 : failures + 1;
      if (failures > mostFailures) {
        onGivenUp(`The ${name} process does not stay alive; its last words are above.`);
        return;
      }
      log.error(`the ${name} process died and is started again`, { code, signal });
      setTimeout(() => stopping || start(), Math.min(100 * 2 ** failures, 5_000));
    });
  };
  start();

  return {
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
