/** Finds a browser for the journeys, or gets one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Debian's Chromium without windows. The whole browser draws its own tabs and menus at every step of a journey. */
const small = 'chromium-headless-shell';
const whole = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The path of a Chromium. Undefined means that Playwright knows where its own one is. */
export function findBrowser(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named)
    return existsSync(named) ? named : missing(`CHROMIUM_PATH names ${named}, but nothing is there.`);
  return onPath([small]) ?? fromDebian() ?? onPath(whole) ?? fromPlaywright();
}

const onPath = (names: string[]) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));

function fromDebian() {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return undefined;
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', small], options);
  return onPath([small]);
}

function fromPlaywright() {
  const playwright = createRequire(import.meta.url).resolve('@playwright/test/package.json');
  try {
    execFileSync(process.execPath, [join(dirname(playwright), 'cli.js'), 'install', 'chromium'], {
      stdio: 'pipe'
    });
    return undefined;
  } catch {
    return missing('No browser was found and none could be installed.');
  }
}

function missing(what: string): never {
  throw new Error(`${what} Install Chromium, or set CHROMIUM_PATH to it.`);
}
