/** Load by `wrk`: one thread, a closed loop, each client sends again when it was answered. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface Load {
  base: string;
  /** A file of targets for `replay.lua`. */
  targets: string;
  clients: number;
  seconds: number;
  seed: number;
}

export interface Outcome {
  requests: number;
  perSecond: number;
  p50: number;
  p99: number;
  refused: number;
  broken: number;
}

/** Says how to get wrk where there is none. As root on Debian it is installed. */
export function needWrk() {
  if (spawnSync('wrk', ['-v']).error === undefined) return;
  if (process.getuid?.() === 0) spawnSync('apt-get', ['install', '-y', '-q', 'wrk'], { stdio: 'ignore' });
  if (spawnSync('wrk', ['-v']).error === undefined) return;
  throw new Error(
    'The load generator wrk is missing: install it (Debian: apt-get install wrk; macOS: brew install wrk).'
  );
}

export function runWrk({ base, targets, clients, seconds, seed }: Load): Promise<Outcome> {
  const options = ['-t', '1', '-c', String(clients), '-d', `${seconds}s`, '--timeout', '20s'];
  const child = spawn('wrk', [...options, '-s', join(import.meta.dirname, 'replay.lua'), base], {
    env: { ...process.env, TARGETS: targets, SEED: String(seed), ORIGIN: base },
    stdio: ['ignore', 'pipe', 'inherit']
  });
  let told = '';
  child.stdout.on('data', (text: Buffer) => (told += text.toString()));

  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      const figures = /^@@ (.*)$/m.exec(told)?.[1]?.split(' ').map(Number);
      if (!figures) return reject(new Error(`wrk gave no figures:\n${told}`));
      const [requests = 0, microseconds = 1, refused = 0, broken = 0, p50 = 0, p99 = 0] = figures;
      resolve({ requests, perSecond: requests / (microseconds / 1e6), refused, broken, p50, p99 });
    });
  });
}
