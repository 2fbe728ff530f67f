/** Program: says whether a film tells where it was taken, and makes a copy that does not. */
import { constants, copyFileSync, fstatSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { findFilmPosition, type Blank } from '../film-position.ts';
import { answer } from './answering.ts';

const task = JSON.parse(process.argv[2] ?? '{}') as { folder: string; type: string };
const original = join(task.folder, 'original');
const copy = join(task.folder, 'stripped');

const { found, blanks } = look(openSync(original, 'r'));
const stripped = found === true && blanks !== null && strip(blanks);
answer({ has_position: found, stripped });

function look(film: number) {
  const { size } = fstatSync(film);
  const read = (at: number, length: number) => {
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - at)));
    return buffer.subarray(0, readSync(film, buffer, 0, buffer.length, at));
  };
  return findFilmPosition(read, size, task.type);
}

/** Where the disk can, the copy shares with the original all that stays the same. */
function strip(places: Blank[]): boolean {
  copyFileSync(original, copy, constants.COPYFILE_FICLONE);
  const film = openSync(copy, 'r+');
  for (const { at, bytes } of places) writeSync(film, bytes, 0, bytes.length, at);

  if (look(film).found === false) return true;
  rmSync(copy);
  return false;
}
