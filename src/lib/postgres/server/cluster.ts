/** One cluster of the embedded PostgreSQL: its folders, its programs, and the making of a new one. */
import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, runAs } from './account.ts';
import { type Logins, loginsIn } from './logins.ts';
import { type Place, placeFor } from './place.ts';
import { programsFor } from './programs.ts';

export type Cluster = Place & { programs: string; logins: Logins; durable: boolean };

/** The cluster of this data directory, made first if there is none yet. */
export async function openCluster(dataDir: string, { durable = true } = {}): Promise<Cluster> {
  const place = placeFor(dataDir);
  const cluster = {
    ...place,
    programs: await programsFor(place.account),
    logins: loginsIn(dataDir, existsSync(place.data)),
    durable
  };
  if (!existsSync(cluster.data)) await createCluster(cluster);
  return cluster;
}

/** Runs one of PostgreSQL's programs to its end, under its account and without our own PG… settings. */
export function runProgram(cluster: Cluster, name: string, options: string[]) {
  const settings = { ...runAs(cluster.account), cwd: cluster.home, env: programEnvironment() };
  return new Promise<{ ok: boolean; problem: string }>((resolve) => {
    execFile(join(cluster.programs, name), options, settings, (error, _, complaint) => {
      resolve({ ok: !error, problem: complaint.trim() || error?.message || '' });
    });
  });
}

export function programEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

/** Made beside its final place and moved there when whole: a start broken off half-way leaves no half cluster. */
async function createCluster(cluster: Cluster) {
  const unfinished = `${cluster.data}.new`;
  const password = join(cluster.home, 'password');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirPrivate(join(cluster.home, 'log'), cluster.account);
  mkdirPrivate(unfinished, cluster.account);
  writeFileSync(password, cluster.logins.passwordOf('hearth'), { mode: 0o600 });
  give(password, cluster.account);

  const made = await runProgram(cluster, 'initdb', [
    ...['--pgdata', unfinished, '--username', 'hearth', '--pwfile', password],
    // Our own locale rules: without them the machine's LANG decides, and an update of its C library re-sorts indexes.
    ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--locale', 'C.UTF-8'],
    ...['--auth', 'scram-sha-256', '--no-instructions'],
    ...(cluster.durable ? [] : ['--no-sync'])
  ]);
  rmSync(password);
  if (!made.ok) throw new Error(`PostgreSQL could not make its database in ${cluster.data}: ${made.problem}`);
  renameSync(unfinished, cluster.data);
}

function mkdirPrivate(folder: string, account: Account) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  give(folder, account);
}

function give(path: string, account: Account) {
  if (account) chownSync(path, account.uid, account.gid);
}
