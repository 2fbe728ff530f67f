/** A whole Hearth, started as people start it, on a free port and data of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { freePort } from '#lib/platform/server/port.ts';
import { throwAwayFolder } from './folder.ts';

const script = resolve(import.meta.dirname, '../../bin/start.ts');

/** What a utility must say of itself before Hearth starts outside the demo. */
export const aUtility = {
  UTILITY_NAME: 'Northgate Gas',
  JURISDICTION: 'US',
  EMERGENCY_PHONE: '1-800-555-0199',
  UTILITY_PHONE: '1-800-555-0142',
  TIME_ZONE: 'America/New_York',
  SUPPLY: 'both',
  CYLINDER_PHONE: '1-800-555-0199',
  // Nobody listens there: what is texted waits.
  TEXT_GATEWAY_URL: 'http://127.0.0.1:9/',
  TEXT_GATEWAY_TOKEN: 'the token of tests',
  TEXT_FROM: 'Northgate'
};

/** What one test's bot has learned from the help centre, the next need not learn again: it is the same each time. */
export const learnedDir = resolve(import.meta.dirname, '../../node_modules/.cache/hearth-learned');

export type Hearth = { url: string; child: ChildProcess; output: () => string };

/** Starts it and waits until it says that it is ready. It ends with us, because the channel between us closes. */
export async function startHearth(env: NodeJS.ProcessEnv): Promise<Hearth> {
  const hearth = launchHearth(env);
  const { child, output } = hearth;
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`Hearth ended with ${code} before it was ready.\n${output()}`);
  });
  const ready = new Promise<void>((done) => {
    child.stdout?.on('data', () => output().includes('Hearth is ready at') && done());
  });
  await Promise.race([ready, ended]);
  ended.catch(() => {});
  return hearth;
}

/** Starts it and does not wait. */
export function launchHearth(env: NodeJS.ProcessEnv): Hearth {
  const child = fork(script, {
    env: { ...process.env, LEARNED_DIR: learnedDir, HOST: '127.0.0.1', ...env },
    // Not the test runner's own options for Node.
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc']
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  return { url: `http://127.0.0.1:${env.PORT}`, child, output: () => output };
}

/** Asks it to stop and waits until it has. Returns its exit code. */
export async function stopHearth({ child }: Hearth): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  child.kill('SIGTERM');
  await once(child, 'exit');
  return child.exitCode;
}

/** A data directory that vanishes with us, and a port that is free now. */
export async function ownPlace() {
  const folder = throwAwayFolder();
  return {
    env: { DATA_DIR: folder.path, PORT: String(await freePort()), DATABASE_URL: '', ORIGIN: '' },
    folder
  };
}
