/** Everything that must be green: format, lint, types, dead code, the build, tests, and journeys in a browser. */
import './own-node.ts';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { step } from '#lib/platform/server/progress.ts';
import { findBrowser } from '../tests/support/browser.ts';
import { ownPlace, startHearth, stopHearth } from '../tests/support/hearth.ts';
import { startTestServer, withDatabase } from '../tests/support/server.ts';

type Count = { passed: number; failed: number };

const project = resolve(import.meta.dirname, '..');
const reports = join(project, 'test-results');
const summary: [name: string, count: Count][] = [];
const stopping = new AbortController();
process.on('SIGINT', () => stopping.abort()).on('SIGTERM', () => stopping.abort());

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports);

// An installation takes the generated types away with everything else that npm does not know.
await check('generated types', ['svelte-kit', 'sync']);
await check('format', ['prettier', '--check', '--log-level=warn', '.']);
await check('lint', ['eslint', '.']);
await check('types', ['svelte-check', '--fail-on-warnings']);
await check('dead code', ['knip', '--no-progress']);
// Some tests ask the web process itself, and it serves what is built.
const built = await check('build', ['node', 'bin/build.ts']);
await tests();
if (built) await journeys();
conclude();

async function check(name: string, command: string[]) {
  const ok = await run(name, command);
  summary.push([name, { passed: ok ? 1 : 0, failed: ok ? 0 : 1 }]);
  return ok;
}

async function tests() {
  const file = join(reports, 'vitest.json');
  const ok = await run('tests', [
    'vitest',
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${file}`
  ]);
  summary.push([
    'tests',
    countIn(file, ok, ({ numPassedTests, numFailedTests }) => [numPassedTests, numFailedTests])
  ]);
}

/** Journeys are made through a Hearth of their own, with demo people, on a free port. */
async function journeys() {
  const file = join(reports, 'playwright.json');
  let ok = false;
  try {
    const browser = await step('Looking for a browser', async () => findBrowser());
    ok = await withHearth((url) =>
      run('journeys', ['playwright', 'test'], { E2E_URL: url, E2E_REPORT: file, CHROMIUM_PATH: browser })
    );
  } catch (problem) {
    process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n`);
  }
  summary.push([
    'journeys',
    countIn(file, ok, ({ stats }) => [(stats?.expected ?? 0) + (stats?.flaky ?? 0), stats?.unexpected])
  ]);
}

async function withHearth(work: (url: string) => Promise<boolean>) {
  const { env, folder } = await ownPlace();
  const server = process.env.DATABASE_URL ? await startTestServer() : null;
  const database = server ? withDatabase(server.urls.owner, server.template) : '';
  try {
    const hearth = await step('Starting Hearth', () =>
      startHearth({ ...env, DATABASE_URL: database, DEMO: '1' })
    );
    return await work(hearth.url).finally(() => stopHearth(hearth));
  } finally {
    await server?.stop();
    folder.remove();
  }
}

/** Runs one of the project's tools. What it says is shown only when it is not content. */
async function run(name: string, [program = '', ...options]: string[], env: NodeJS.ProcessEnv = {}) {
  if (stopping.signal.aborted) return false;
  let output = '';
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
  if (code !== 0) process.stderr.write(`\n── ${name} ──\n${output.trim()}\n\n`);
  return code === 0;
}

function ownPath() {
  return `${join(project, 'node_modules/.bin')}:${process.env.PATH}`;
}

/** What Vitest and Playwright write about single tests, as far as it is counted here. */
type Report = {
  numPassedTests?: number;
  numFailedTests?: number;
  stats?: { expected: number; unexpected: number; flaky: number };
};

/** A tool that failed without a failed test, such as by a file it could not load, counts as one failure. */
function countIn(file: string, ok: boolean, read: (report: Report) => (number | undefined)[]): Count {
  // Both tools write this file themselves.
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : {};
  const [passed = 0, failed = 0] = read(report);
  return { passed, failed: ok ? failed : Math.max(failed, 1) };
}

function conclude() {
  const sum = (of: keyof Count) => summary.reduce((total, [, count]) => total + count[of], 0);
  for (const [name, { passed, failed }] of summary) {
    process.stdout.write(`${failed ? '✗' : '✓'} ${name.padEnd(16)} ${passed} passed, ${failed} failed\n`);
  }
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
  process.exitCode = sum('failed') > 0 || stopping.signal.aborted ? 1 : 0;
}
