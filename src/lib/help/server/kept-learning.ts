/**
 * What was learned from our own articles is kept in a file, so that a process that starts again, or the one beside it,
 * need not spend seconds of a core on it. Where nothing can be kept it is learned anew.
 */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { learnModel, type Example, type Model } from '../intent/classifier.ts';

/** So long one process waits for another that is learning the same, in milliseconds. */
const patience = 60_000;
/** Of so many states of knowledge what was learned is kept. */
const mostKept = 4;

/** What is learned from these, by whichever process comes first. */
export async function learnedOnce(folder: string, examples: readonly Example[]): Promise<Model> {
  const file = join(folder, `${nameOf(examples)}.model`);
  const kept = readKept(file);
  if (kept) return kept;
  const claim = `${file}.claim`;
  if (!claimed(claim)) {
    const others = await learnedByAnother(file, claim);
    if (others) return others;
  }
  try {
    const model = learnModel(examples);
    keep(folder, file, model);
    return model;
  } finally {
    drop(claim);
  }
}

/** The same name only for the same examples, learned by the same code on the same Node. */
function nameOf(examples: readonly Example[]): string {
  const digest = createHash('sha256').update(process.version).update(JSON.stringify(examples));
  const code = join(import.meta.dirname, '../intent');
  for (const name of fs.readdirSync(code).sort())
    if (!name.endsWith('.test.ts')) digest.update(fs.readFileSync(join(code, name)));
  return digest.digest('hex').slice(0, 32);
}

function readKept(file: string): Model | null {
  try {
    // Written by this program alone, under a name that says what it is; a torn one does not read, or is not there.
    return deserialize(fs.readFileSync(file)) as Model;
  } catch {
    return null;
  }
}

/** False where another process is learning this already. */
function claimed(claim: string): boolean {
  try {
    fs.mkdirSync(join(claim, '..'), { recursive: true, mode: 0o700 });
    fs.writeFileSync(claim, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'EEXIST');
  }
}

/** Null where it gave up, or died over it. */
async function learnedByAnother(file: string, claim: string): Promise<Model | null> {
  const until = Date.now() + patience;
  while (isAtWork(claim) && Date.now() < until) await pause(200);
  return readKept(file);
}

function isAtWork(claim: string): boolean {
  try {
    process.kill(Number(fs.readFileSync(claim, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

function keep(folder: string, file: string, model: Model) {
  const half = `${file}.${process.pid}.half`;
  try {
    fs.writeFileSync(half, serialize(model), { mode: 0o600 });
    fs.renameSync(half, file);
    const models = fs.globSync('*.model', { cwd: folder }).map((name) => join(folder, name));
    const age = new Map(models.map((path) => [path, fs.statSync(path).mtimeMs]));
    models.sort((one, other) => age.get(other)! - age.get(one)!);
    for (const old of models.slice(mostKept)) drop(old);
  } catch {
    // A full or a read-only disk costs the next process some seconds, and nobody an answer.
    drop(half);
  }
}

function drop(file: string) {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // Where nothing can be kept there is nothing to drop.
  }
}
