/** Disks that fail as real ones do: the errors are the system's own. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Storage } from '#lib/files/server/storage.ts';

/** What befell other people's disks. `full` takes the name of a file and not a byte of it; only Linux can play it. */
export const brokenDisks = {
  ...(process.platform === 'linux' && {
    full: (storage: Storage) => taking(storage, '/dev/full'),
    broken: (storage: Storage) => taking(storage, '/proc/self/mem')
  }),
  'read-only': (storage: Storage) => refusing(storage, 'EROFS'),
  gone: (storage: Storage) => refusing(storage, 'ENOENT')
};

/** Every new file is one of the system's own that cannot be written. */
function taking(storage: Storage, to: string): Storage {
  return {
    ...storage,
    async create(id, file) {
      mkdirSync(dirname(storage.path(id, file)), { recursive: true });
      symlinkSync(to, storage.path(id, file));
    }
  };
}

function refusing(storage: Storage, code: string): Storage {
  const refuse = async () => {
    throw Object.assign(new Error(`${code}: the disk says no`), { code, errno: -1, syscall: 'open' });
  };
  return { ...storage, create: refuse, remove: refuse };
}
