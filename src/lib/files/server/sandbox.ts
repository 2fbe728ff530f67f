/** Opens strangers' files in a process of its own: little memory, little time, no secrets, no network, one folder. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { answers } from './programs/answering.ts';

const project = join(import.meta.dirname, '../../../..');

/** A program of `programs/`, what it is told, and how far it may go. */
export interface Errand {
  program: 'pictures' | 'poster' | 'film-position' | 'document';
  task: Record<string, unknown> & { folder: string };
  seconds: number;
  megabytes: number;
}

/** Why an errand came to nothing: it broke, or it wanted more time or memory than it had. */
export class ErrandProblem extends Error {
  why: 'broke' | 'time' | 'memory';

  constructor(why: 'broke' | 'time' | 'memory', told: string) {
    super(`a file could not be opened (${why}): ${told}`);
    this.name = 'ErrandProblem';
    this.why = why;
  }
}

/** Runs a program on one file and gives what it said. Its answer is as far from trusted as the file is. */
export async function sandboxed(errand: Errand): Promise<unknown> {
  const child = spawn(process.execPath, [...bounds(errand), JSON.stringify(errand.task)], {
    // Not even our environment: it holds the address of the database, and the secret.
    env: {},
    // What it prints is chatter, whoever wrote it; its answer has a channel of its own.
    stdio: ['ignore', 'ignore', 'pipe', 'pipe']
  });
  if (child.pid) lowerPriority(child.pid);
  const abandon = () => child.kill('SIGKILL');
  process.once('exit', abandon);

  let why: 'broke' | 'time' | 'memory' = 'broke';
  const kill = (reason: 'time' | 'memory') => {
    why = reason;
    child.kill('SIGKILL');
  };
  const clock = setTimeout(() => kill('time'), errand.seconds * 1000);
  const scales = setInterval(() => void weigh(), 100);
  async function weigh() {
    if (child.pid && (await megabytesOf(child.pid)) > errand.megabytes) kill('memory');
  }

  try {
    const [said, complained, code] = await Promise.all([
      gather(child.stdio[answers], 1_000_000),
      gather(child.stdio[2], 4000),
      new Promise<number | null>((ended, failed) => child.on('close', ended).on('error', failed))
    ]);
    if (code !== 0) throw new ErrandProblem(why, /^\w*Error.*$/m.exec(complained)?.[0] ?? `exit ${code}`);
    return parsed(said);
  } finally {
    clearTimeout(clock);
    clearInterval(scales);
    process.off('exit', abandon);
    abandon();
  }
}

function parsed(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    throw new ErrandProblem('broke', 'it gave no answer');
  }
}

/** Node's own permissions: code and one folder to read, that folder to write, nothing to start, nobody to call. */
function bounds({ program, task: { folder }, megabytes }: Errand) {
  const readable = [
    join(project, 'src'),
    join(project, 'node_modules'),
    join(project, 'package.json'),
    folder
  ];
  return [
    '--permission',
    '--allow-addons',
    ...readable.map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${folder}`,
    `--max-old-space-size=${megabytes}`,
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
    join(import.meta.dirname, 'programs', `${program}.ts`)
  ];
}

function lowerPriority(pid: number) {
  try {
    setPriority(pid, 10);
  } catch {
    // It has ended already, or this system does not let us: then it runs like everybody else.
  }
}

/** What a process takes up. Known on Linux only; elsewhere time has to be limit enough. */
async function megabytesOf(pid: number) {
  const pages = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return (Number(pages.split(' ')[1] ?? 0) * 4096) / (1024 * 1024);
}

async function gather(stream: unknown, most: number) {
  let text = '';
  if (!(stream instanceof Readable)) return text;
  for await (const piece of stream) if (text.length < most) text += String(piece);
  return text;
}
