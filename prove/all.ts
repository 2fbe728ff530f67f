/** Runs every proof, one after the other. Each can be run alone: `node prove/crash.ts`. */
import '../bin/own-node.ts';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const proofs = ['kills.ts', 'crash.ts', 'stream.ts', 'ledger.ts', 'widths.ts'];

for (const proof of proofs) {
  process.stdout.write(`── ${proof} ──\n`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, proof)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
