/** Builds the pages, unless what is built was made of exactly these sources. */
import './own-node.ts';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { step } from '#lib/platform/server/progress.ts';

const project = resolve(import.meta.dirname, '..');
const stamp = join(project, 'build/.stamp');

/** `signal` breaks it off; the next call then starts over. */
export async function buildPages(signal?: AbortSignal) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digestOfSources()) return;
  rmSync(stamp, { force: true });
  await step('Building the pages', () => runVite(signal));
  // Only now: the build writes some of what it is made of, such as the icons.
  writeFileSync(stamp, digestOfSources());
}

function digestOfSources() {
  const digest = createHash('sha256');
  const files = globSync(['src/**/*', 'static/**/*', 'package-lock.json', 'vite.config.ts'], {
    cwd: project
  }).sort();
  for (const file of files.filter((name) => !name.endsWith('.test.ts'))) {
    const path = join(project, file);
    if (statSync(path).isFile()) digest.update(file).update('\0').update(readFileSync(path)).update('\0');
  }
  return digest.digest('hex');
}

function runVite(signal?: AbortSignal) {
  const vite = spawn(process.execPath, [join(project, 'node_modules/vite/bin/vite.js'), 'build'], {
    cwd: project,
    env: {
      ...process.env,
      // Whatever else runs in this environment, such as a test: what is built here is served.
      NODE_ENV: 'production',
      // A build looks into the server's modules; it must not open a database by that.
      DATABASE_URL: '',
      ...(process.stderr.isTTY ? {} : { NO_COLOR: '1' })
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal
  });
  let output = '';
  vite.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  vite.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise<void>((done, fail) => {
    vite.once('error', fail);
    vite.once('close', (code) => {
      if (code === 0) return done();
      fail(new Error(`The pages could not be built.\n${problemIn(output)}`));
    });
  });
}

/** What Vite says at last, without the places in its own code. */
function problemIn(output: string) {
  const lines = output.slice(Math.max(output.indexOf('error during build'), 0)).split('\n');
  return lines
    .filter((line) => !/^\s+at /.test(line))
    .slice(0, 20)
    .join('\n')
    .trim();
}

if (import.meta.main) await buildPages();
