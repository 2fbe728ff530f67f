/** Shows what is being waited for: a moving line in a terminal, and elsewhere a plain line every few seconds. */
import { stderr } from 'node:process';

/** How far a step has come, for those that can say. */
export type Report = (done: number, total: number) => void;

type Step = { label: string; since: number; told: number; done?: number; total?: number };

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const quietFor = 2_000;
const plainEvery = 5_000;

const running = new Set<Step>();
let timer: NodeJS.Timeout | null = null;
let frame = 0;

/** Does one step and shows it while it takes time. Steps may overlap; quick ones are never mentioned. */
export async function step<T>(label: string, work: (report: Report) => Promise<T>): Promise<T> {
  const shown: Step = { label, since: Date.now(), told: Date.now() };
  running.add(shown);
  timer ??= setInterval(show, stderr.isTTY ? 80 : 500).unref();
  try {
    const result = await work((done, total) => Object.assign(shown, { done, total }));
    finish(shown, stderr.isTTY ? '✓' : 'Done:');
    return result;
  } catch (problem) {
    finish(shown, stderr.isTTY ? '✗' : 'Failed:');
    throw problem;
  }
}

/** How a step stands: `Building the pages (12 s)`, or `Loading requests [####----] 52%, 520,000 of 1,000,000`. */
export function lineOf({ label, since, done, total }: Omit<Step, 'told'>, now: number) {
  const seconds = `${Math.round((now - since) / 1000)} s`;
  if (done === undefined || !total) return `${label} (${seconds})`;
  const share = Math.min(done / total, 1);
  const bar = '#'.repeat(Math.round(share * 20)).padEnd(20, '-');
  const count = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  return `${label} [${bar}] ${Math.floor(share * 100)}%, ${count} (${seconds})`;
}

function finish(shown: Step, mark: string) {
  const now = Date.now();
  running.delete(shown);
  if (running.size === 0 && timer) {
    clearInterval(timer);
    timer = null;
  }
  clearLine();
  if (now - shown.since >= quietFor) stderr.write(`${mark} ${lineOf(shown, now)}\n`);
}

function show() {
  const now = Date.now();
  if (stderr.isTTY) {
    const lines = [...running].map((shown) => lineOf(shown, now)).join(' · ');
    clearLine();
    stderr.write(`${frames[frame++ % frames.length]} ${lines}`.slice(0, (stderr.columns || 80) - 1));
    return;
  }
  for (const shown of running) {
    const first = shown.told === shown.since;
    if (now - shown.told < (first ? quietFor : plainEvery)) continue;
    shown.told = now;
    stderr.write(`${lineOf(shown, now)} …\n`);
  }
}

function clearLine() {
  if (stderr.isTTY) stderr.write('\r\x1b[2K');
}
