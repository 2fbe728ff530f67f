/** Installs the packages when they are missing or not those of the lockfile. Runs on the host's own Node. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const { stderr } = process;

if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(`Hearth needs Node 20 or newer to install itself; this is ${process.version}.`);
}
if (!isInstalled()) await install();

/** npm notes in node_modules what it installed, as the last thing it does. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const installed = packagesOf('node_modules/.package-lock.json');
  if (!wanted || !installed) return false;
  const own = new Set(Object.keys(wanted[''].optionalDependencies).map((name) => `node_modules/${name}`));
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || installed[path]?.version === entry.version) return true;
    const isNeeded = own.has(path) ? isForThisMachine(entry) : !entry.optional && !entry.peer;
    return !installed[path] && !isNeeded;
  });
}

/** @param {{ os?: string[], cpu?: string[] }} entry */
function isForThisMachine({ os, cpu }) {
  return os?.includes(process.platform) && cpu?.includes(process.arch);
}

/** @param {string} file */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(project, file), 'utf8')).packages;
  } catch {
    return null;
  }
}

async function install() {
  const [command, ...first] = process.env.npm_execpath?.endsWith('npm-cli.js')
    ? [process.execPath, process.env.npm_execpath]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
  const options = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error'
  ];
  const npm = spawn(command, [...first, ...options], { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  npm.stdout.on('data', (text) => (output += text));
  npm.stderr.on('data', (text) => (output += text));

  const hide = showProgress('Installing packages');
  const code = await new Promise((resolve) => npm.once('error', resolve).once('close', resolve));
  hide();
  if (code !== 0) {
    const said = output.split('\n').filter((line) => line.trim() && line !== 'npm error');
    stderr.write(`${said.slice(0, 12).join('\n')}\n`);
    stop(
      'The packages could not be installed; npm says why above. Is there a connection to the package registry?'
    );
  }
}

/**
 * A turning line in a terminal, a plain line every five seconds elsewhere. Returns how to end it.
 * @param {string} label
 */
function showProgress(label) {
  const since = Date.now();
  const line = () => `${label} (${Math.round((Date.now() - since) / 1000)} s)`;
  const clear = stderr.isTTY ? '\r\x1b[2K' : '';
  if (!stderr.isTTY) stderr.write(`${label} …\n`);
  let frame = 0;
  const timer = stderr.isTTY
    ? setInterval(() => stderr.write(`${clear}${'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'[frame++ % 10]} ${line()}`), 80)
    : setInterval(() => stderr.write(`${line()} …\n`), 5000);
  return () => {
    clearInterval(timer);
    stderr.write(`${clear}${stderr.isTTY ? '✓' : 'Done:'} ${line()}\n`);
  };
}

/** @param {string} sentence */
function stop(sentence) {
  stderr.write(`${sentence}\n`);
  process.exit(1);
}
