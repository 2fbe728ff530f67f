/** Kills processes of one Hearth, and only of it: they are found below its own process. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const victims = ['web', 'worker', 'postmaster', 'backend'] as const;
export type Victim = (typeof victims)[number];

const atRandom = () => victims[Math.floor(Math.random() * victims.length)] ?? 'web';

/** Kills one, without a warning. The answer is what it was, or null when nothing of the kind was there. */
export function killOne(hearth: number, dataDir: string, victim = atRandom()): Victim | null {
  const pids = find(victim, hearth, dataDir);
  const pid = pids[Math.floor(Math.random() * pids.length)];
  if (!pid) return null;
  try {
    process.kill(pid, 'SIGKILL');
    return victim;
  } catch {
    // It was gone already.
    return null;
  }
}

function find(victim: Victim, hearth: number, dataDir: string): number[] {
  if (victim === 'web' || victim === 'worker')
    return below(hearth).filter((pid) => commandOf(pid).includes(`/${victim}.ts`));
  const postmaster = postmasterIn(dataDir);
  if (!postmaster || victim === 'postmaster') return postmaster ? [postmaster] : [];
  return below(postmaster).filter((pid) => /_login hearth/.test(commandOf(pid)));
}

function postmasterIn(dataDir: string) {
  const file = join(dataDir, 'postgres/data/postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
  return pid > 0 && commandOf(pid).includes('postgres') ? pid : null;
}

/** All children, and theirs. */
function below(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((one) => parentOf(one) === pid);
  return children.flatMap((child) => [child, ...below(child)]);
}

const parentOf = (pid: number) => Number(/\) \S (\d+)/.exec(read(pid, 'stat'))?.[1] ?? 0);
const commandOf = (pid: number) => read(pid, 'cmdline').replaceAll('\0', ' ');

function read(pid: number, what: string) {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8');
  } catch {
    return '';
  }
}
