/** Proves that no page runs over the edge of a screen of 320 px, which is what 400 % zoom leaves (WCAG 1.4.10). */
import '../bin/own-node.ts';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const { status } = spawnSync(
  process.execPath,
  [join(import.meta.dirname, '../bin/test.ts'), 'e2e', 'calm.spec.ts'],
  { stdio: 'inherit', env: { ...process.env, EVERY_WIDTH: '1' } }
);
process.exitCode = status ?? 1;
