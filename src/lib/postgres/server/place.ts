/** Where the embedded PostgreSQL keeps its data and its socket, chosen so that its account can get there. */
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { makeDataDir } from '#lib/platform/server/data-dir.ts';
import { type Account, accountFor, canReach } from './account.ts';

export type Place = { account: Account; home: string; data: string; socket: string };

/** For what lives outside a project that other accounts cannot enter, such as one below /root. */
export const systemFolder = '/var/lib/hearth';

/** A socket's path may have 103 characters on macOS and 107 on Linux; its file name takes 14 of them. */
const longestSocketFolder = 103 - '/.s.PGSQL.5432'.length;

export function placeFor(dataDir: string): Place {
  makeDataDir(dataDir);
  const account = accountFor(join(dataDir, 'postgres'));
  const home = homeIn(dataDir, account);
  const socket = socketFor(home);
  makePrivate(socket, account);
  return { account, home, data: join(home, 'data'), socket };
}

/**
 * Usually DATA_DIR/postgres. Where the account cannot get there it is a link to a folder that it can reach: the
 * link stays, so that a later change of permissions never makes the data seem to have vanished.
 */
function homeIn(dataDir: string, account: Account) {
  const home = join(dataDir, 'postgres');
  if (isDangling(home))
    throw new Error(`${home} points to a folder that is gone: bring it back, or remove the link.`);
  if (!existsSync(home) && !canReach(account, dataDir)) {
    const elsewhere = join(systemFolder, `${basename(dirname(dataDir))}-${shortHash(dataDir)}`);
    mkdirSync(systemFolder, { recursive: true, mode: 0o755 });
    makePrivate(elsewhere, account);
    symlinkSync(elsewhere, home);
  }
  makePrivate(home, account);
  return realpathSync(home);
}

function socketFor(home: string) {
  const socket = join(home, 'socket');
  return Buffer.byteLength(socket) <= longestSocketFolder
    ? socket
    : join(tmpdir(), `hearth-${shortHash(home)}`);
}

/** A folder only the account itself may enter. Refuses one that somebody else has put there first. */
function makePrivate(folder: string, account: Account) {
  if (!existsSync(folder)) {
    mkdirSync(folder, { mode: 0o700 });
    if (account) chownSync(folder, account.uid, account.gid);
  }
  const uid = account?.uid ?? process.getuid?.();
  const found = existsSync(folder) ? realpathSync(folder) : folder;
  if (uid !== undefined && lstatSync(found).uid !== uid) {
    throw new Error(
      `${found} belongs to another account: start Hearth under the account that made it, or set another DATA_DIR.`
    );
  }
  chmodSync(found, 0o700);
}

const isDangling = (path: string) =>
  !existsSync(path) && lstatSync(path, { throwIfNoEntry: false }) !== undefined;

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 10);
