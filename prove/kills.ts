/** Whole processes are killed and started again while something is under way: the tests in `tests/kills`. */
import '../bin/own-node.ts';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const project = join(import.meta.dirname, '..');
const vitest = join(project, 'node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project=kills'], {
  cwd: project,
  stdio: 'inherit'
});
process.exitCode = status ?? 1;
