/** Where files lie on disk: one folder per file, named by its id, with the original and what was made of it. */
import { createReadStream, createWriteStream, type ReadStream, type WriteStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A folder of files. Ids are UUIDs; anything else is refused, so that no id can climb out. */
export interface Storage {
  directory: string;
  path(id: string, file: string): string;
  size(id: string, file: string): Promise<number | null>;
  read(id: string, file: string, range?: { start: number; end: number }): ReadStream;
  /** The first bytes: enough to tell what a file is. */
  head(id: string, file: string): Promise<Uint8Array>;
  /** Makes an empty file. */
  create(id: string, file: string): Promise<void>;
  /** A stream that writes into an existing file, from `start` on. What came before a break stays. */
  write(id: string, file: string, start: number): WriteStream;
  /** Returns when the file is on the disk itself, and would survive a loss of power. */
  sync(id: string, file: string): Promise<void>;
  /** Removes everything kept under an id. Removing what is not there is no fault. */
  remove(id: string): Promise<void>;
  ids(): AsyncIterable<string>;
}

export const originalFile = 'original';

export function openStorage(directory: string): Storage {
  const path = (id: string, file: string) => join(directory, folderOf(id), file);

  return {
    directory,
    path,
    size: (id, file) => sizeOf(path(id, file)),
    read: (id, file, range) => createReadStream(path(id, file), range),
    head: (id, file) => headOf(path(id, file)),
    async create(id, file) {
      await mkdir(dirname(path(id, file)), { recursive: true, mode: 0o700 });
      await writeFile(path(id, file), '', { mode: 0o600 });
    },
    write: (id, file, start) => createWriteStream(path(id, file), { flags: 'r+', start }),
    async sync(id, file) {
      await syncPath(path(id, file), 'r+');
      // The entry in the folder is a write of its own. Windows cannot sync a folder, and needs not.
      if (process.platform !== 'win32') await syncPath(dirname(path(id, file)), 'r');
    },
    remove: (id) => rm(join(directory, folderOf(id)), { recursive: true, force: true, maxRetries: 3 }),
    ids: () => foldersIn(directory)
  };
}

/** Whether an error is the disk's own: full, read-only, broken, locked or gone. Nobody who sends a file can help it. */
export const isDiskFailure = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  diskFailures.has(String(error.code)) &&
  // The socket of a database that is not there is no file.
  !('syscall' in error && error.syscall === 'connect');

const diskFailures = new Set(
  'ENOENT ENOSPC EDQUOT EROFS EIO EACCES EPERM EMFILE ENFILE EFBIG ENODEV ENXIO ESTALE ENOTDIR EBUSY'.split(
    ' '
  )
);

export const isFileId = (id: string) => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id);

/** Two hex digits first, so that no folder grows beyond what is pleasant. */
function folderOf(id: string) {
  if (!isFileId(id)) throw new Error('not the id of a file');
  return `${id.slice(0, 2)}/${id}`;
}

async function sizeOf(path: string) {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function headOf(path: string) {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function syncPath(path: string, flags: 'r' | 'r+') {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function* foldersIn(directory: string) {
  for (const shelf of await namesIn(directory)) {
    for (const id of await namesIn(join(directory, shelf))) if (isFileId(id)) yield id;
  }
}

async function namesIn(directory: string) {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
