/** A folder for one test run that vanishes with it, together with a PostgreSQL that runs in it. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function throwAwayFolder() {
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'hearth-test-'));
  // When root tests, PostgreSQL runs under another account, which must be able to walk in.
  chmodSync(path, 0o711);
  const guard = guardOver(path);
  return {
    path,
    remove() {
      guard?.kill();
      rmSync(path, { recursive: true, force: true });
    }
  };
}

/**
 * A shell that does nothing but wait for us to vanish: when the test run is killed, its input ends, and it takes
 * PostgreSQL and the folder away. So even `kill -9` leaves nothing behind.
 */
function guardOver(folder: string) {
  if (process.platform === 'win32') return null;
  const duty = `cat >/dev/null
    kill -QUIT "$(head -n 1 "$0/postgres/data/postmaster.pid")" && sleep 1
    rm -rf "$(readlink -f "$0/postgres")" "$0"`;
  const guard = spawn('/bin/sh', ['-c', duty, folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true
  });
  guard.unref();
  return guard;
}
