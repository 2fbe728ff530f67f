/** Runs the project's tools for `npm test`, and counts what they found. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { step } from '#lib/platform/server/progress.ts';
import {
  failedOf,
  filesOf,
  journeysOf,
  slowest,
  unsteadyOf,
  type PlaywrightReport,
  type Unsteady,
  type VitestReport
} from './slowest.ts';

type Count = { passed: number; failed: number };

const project = resolve(import.meta.dirname, '../..');
const reports = join(project, 'test-results');
const vitestFile = join(reports, 'vitest.json');
const vitestAgainFile = join(reports, 'vitest-again.json');
const journeysFile = join(reports, 'playwright.json');
const summary: [name: string, count: Count][] = [];
const unsteady: Unsteady[] = [];
const seconds = new Map<string, number>();
const stopping = new AbortController();
process.on('SIGINT', () => stopping.abort()).on('SIGTERM', () => stopping.abort());

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports);

/** A tool that is content or not. */
export async function check(name: string, command: string[]) {
  const ok = await run(name, command);
  note(name, { passed: ok ? 1 : 0, failed: ok ? 0 : 1 });
  return ok;
}

/** More files than these do not fail by accident. */
const accidents = 2;

/**
 * Tests of Vitest: all, or those whose path contains one of `where`. Like a journey, a file that failed is made once more,
 * alone: a machine that stands still, or sets its clock back, fails one of ten thousand. What came right then is named.
 */
export async function tests(where: string[]) {
  const ok = await vitest('tests', where, vitestFile);
  const { numPassedTests = 0, numFailedTests = 0 } = read(vitestFile);
  const failed = failedOf(read(vitestFile), project);
  const again =
    !ok && numFailedTests > 0 && failed.length <= accidents
      ? await vitest(
          'tests, again',
          failed.map(({ name }) => name),
          vitestAgainFile
        )
      : ok;
  if (!ok && again) unsteady.push(...failed);
  note(
    'tests',
    again
      ? { passed: numPassedTests + numFailedTests, failed: 0 }
      : { passed: numPassedTests, failed: Math.max(numFailedTests, 1) }
  );
}

function vitest(name: string, where: string[], file: string) {
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  const projects = ['--project=alone', '--project=together'];
  return run(name, ['vitest', 'run', ...projects, ...where, ...reporters]);
}

/** Journeys of Playwright; `prepared` gives them what they need to know, and takes it away again. */
export async function journeys(
  where: string[],
  prepared: (work: (env: NodeJS.ProcessEnv) => Promise<boolean>) => Promise<boolean>
) {
  const ok = await prepared((env) =>
    run('journeys', ['playwright', 'test', ...where], { ...env, E2E_REPORT: journeysFile })
  ).catch((problem: unknown) => {
    process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n`);
    return false;
  });
  note(
    'journeys',
    countIn(journeysFile, ok, ({ stats }) => [
      (stats?.expected ?? 0) + (stats?.flaky ?? 0),
      stats?.unexpected
    ])
  );
}

/** Says what took long, how many of everything passed and failed, and ends with it. */
export function conclude() {
  tellSlowest();
  tellUnsteady();
  const sum = (of: keyof Count) => summary.reduce((total, [, count]) => total + count[of], 0);
  for (const [name, { passed, failed }] of summary) {
    const took = `${seconds.get(name) ?? 0} s`;
    process.stdout.write(
      `${failed ? '✗' : '✓'} ${name.padEnd(16)} ${took.padStart(6)}  ${passed} passed, ${failed} failed\n`
    );
  }
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
  process.exitCode = sum('failed') > 0 || stopping.signal.aborted ? 1 : 0;
}

function tellSlowest() {
  const took = [...filesOf(read(vitestFile), project), ...journeysOf(read(journeysFile))];
  if (took.length === 0) return;
  process.stdout.write('\nThe slowest:\n');
  for (const { name, ms } of slowest(took))
    process.stdout.write(`${(ms / 1000).toFixed(1).padStart(8)} s  ${name}\n`);
  process.stdout.write('\n');
}

function tellUnsteady() {
  const all = [...unsteady, ...unsteadyOf(read(journeysFile))];
  if (all.length === 0) return;
  process.stdout.write('Came right only when made a second time, which is a fault to find:\n');
  for (const { name, said } of all) process.stdout.write(`  ${name}\n${said.replace(/^/gm, '      ')}\n`);
  process.stdout.write('\n');
}

const note = (name: string, count: Count) => void summary.push([name, count]);

/** Runs one of the project's tools. What it says is shown only when it is not content. */
async function run(name: string, [program = '', ...options]: string[], env: NodeJS.ProcessEnv = {}) {
  if (stopping.signal.aborted) return false;
  let output = '';
  const since = Date.now();
  const code = await step(`Checking: ${name}`, () => {
    const tool = spawn(program, options, {
      cwd: project,
      env: { ...process.env, ...env, FORCE_COLOR: process.stderr.isTTY ? '1' : '0', PATH: ownPath() },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: stopping.signal
    });
    tool.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    tool.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    return new Promise<number | null>((done) => tool.once('error', () => done(null)).once('close', done));
  });
  seconds.set(name, Math.round((Date.now() - since) / 1000));
  if (code !== 0) process.stderr.write(`\n── ${name} ──\n${output.trim()}\n\n`);
  return code === 0;
}

function ownPath() {
  return `${join(project, 'node_modules/.bin')}:${process.env.PATH}`;
}

/** What Vitest and Playwright write about single tests, as far as it is counted here. */
type Report = VitestReport &
  PlaywrightReport & {
    numPassedTests?: number;
    numFailedTests?: number;
    stats?: { expected: number; unexpected: number; flaky: number };
  };

/** A tool that failed without a failed test, such as by a file it could not load, counts as one failure. */
function countIn(file: string, ok: boolean, count: (report: Report) => (number | undefined)[]): Count {
  const [passed = 0, failed = 0] = count(read(file));
  return { passed, failed: ok ? failed : Math.max(failed, 1) };
}

/** Both tools write their file themselves; without a run of theirs there is none. */
const read = (file: string): Report =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : {};
