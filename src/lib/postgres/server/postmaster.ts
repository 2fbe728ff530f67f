/** The running PostgreSQL process of a cluster: found, started, waited for and stopped. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '#lib/platform/server/port.ts';
import { runAs } from './account.ts';
import { type Cluster, programEnvironment, runProgram } from './cluster.ts';
import { configurationFile } from './settings.ts';

/** What postmaster.pid tells: who runs, where it listens, and whether it answers yet. */
export type Postmaster = { pid: number; port: number; socket: string; ready: boolean };

/** After a crash its memory can stay taken for a moment, until the last of its processes has noticed. */
const stillDying = /lock file .* already exists|pre-existing shared memory|still in use/;
const startTimeout = 60_000;

/** The cluster's PostgreSQL, if one runs. A file left behind by a dead one does not count. */
export function runningPostmaster(cluster: Cluster): Postmaster | null {
  const found = readPidFile(cluster);
  return found && isOurs(cluster, found.pid) ? found : null;
}

/** Starts PostgreSQL and waits until it answers. It leads its own process group: our Ctrl-C is not its Ctrl-C. */
export async function startPostmaster(cluster: Cluster): Promise<ChildProcess> {
  const port = process.platform === 'win32' ? await freePort() : 5432;
  writeFileSync(join(cluster.data, 'postgresql.conf'), configurationFile({ ...cluster, port }));

  for (const deadline = Date.now() + startTimeout; ; await pause(250)) {
    forgetDeadPostmaster(cluster);
    const child = launch(cluster);
    if (await answers(cluster, child, deadline)) return child;
    const complaint = complaintOf(cluster);
    if (Date.now() > deadline || !stillDying.test(complaint)) {
      throw new Error(`PostgreSQL did not start. ${complaint || 'It left no message.'}`);
    }
  }
}

/** Stops it: open work is broken off and rolled back, what was committed stays. Forces it when it takes too long. */
export async function stopPostmaster(cluster: Cluster, pid: number) {
  await runProgram(cluster, 'pg_ctl', ['stop', '--pgdata', cluster.data, '--mode', 'fast', '--no-wait']);
  if (await isGone(pid, 30_000)) return;
  await runProgram(cluster, 'pg_ctl', ['stop', '--pgdata', cluster.data, '--mode', 'immediate', '--no-wait']);
  await isGone(pid, 5_000);
}

function launch(cluster: Cluster) {
  const messages = openSync(messagesOf(cluster), 'w', 0o600);
  const child = spawn(join(cluster.programs, 'postgres'), ['-D', cluster.data], {
    ...runAs(cluster.account),
    cwd: cluster.home,
    env: programEnvironment(),
    stdio: ['ignore', messages, messages],
    detached: true,
    windowsHide: true
  });
  closeSync(messages);
  child.unref();
  return child;
}

async function answers(cluster: Cluster, child: ChildProcess, deadline: number) {
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', (problem) => {
    ended = true;
    writeFileSync(messagesOf(cluster), problem.message);
  });
  while (!ended && Date.now() < deadline) {
    const found = readPidFile(cluster);
    if (found?.ready && found.pid === child.pid) return true;
    await pause(10);
  }
  if (!ended && child.pid) await stopPostmaster(cluster, child.pid);
  return false;
}

const messagesOf = (cluster: Cluster) => join(cluster.home, 'start.log');

const complaintOf = (cluster: Cluster) =>
  readFileSync(messagesOf(cluster), 'utf8')
    .split('\n')
    .filter((line) => !/ LOG: | HINT: /.test(line))
    .slice(0, 3)
    .join(' ')
    .trim();

function readPidFile(cluster: Cluster): Postmaster | null {
  try {
    const lines = readFileSync(join(cluster.data, 'postmaster.pid'), 'utf8').split('\n');
    const [pid, , , port, socket = '', , , status = ''] = lines;
    return { pid: Number(pid), port: Number(port), socket, ready: status.trim() === 'ready' };
  } catch {
    return null;
  }
}

/** PostgreSQL trusts any living process of that number, such as a stranger after a reboot, and would never start. */
function forgetDeadPostmaster(cluster: Cluster) {
  const found = readPidFile(cluster);
  if (found && !isOurs(cluster, found.pid)) rmSync(join(cluster.data, 'postmaster.pid'), { force: true });
}

function isOurs(cluster: Cluster, pid: number) {
  if (!isAlive(pid)) return false;
  const command = commandOf(pid);
  return command === null || (command.includes('postgres') && command.includes(cluster.data));
}

/** The command line of a process, or null where the system does not tell. */
function commandOf(pid: number) {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (process.platform === 'win32') return null;
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return null;
  }
}

function isAlive(pid: number) {
  try {
    process.kill(pid, 0);
  } catch (problem) {
    if (!(problem instanceof Error && 'code' in problem && problem.code === 'EPERM')) return false;
  }
  // A dead process whose parent has not looked yet still has a number, but no command any more.
  return commandOf(pid) !== '';
}

async function isGone(pid: number, within: number) {
  for (const deadline = Date.now() + within; Date.now() < deadline; await pause(10)) {
    if (!isAlive(pid)) return true;
  }
  return !isAlive(pid);
}
