/** Writes the files out again that `bin/import.ts` takes, into a folder. */
import './own-node.ts';
import { exportFiles } from '#lib/imports/server/export.ts';
import { papersIn } from '#lib/billing/server/bill-papers.ts';
import { config } from '#lib/platform/server/config.ts';
import { borrowDatabase } from '#lib/postgres/server/database-server.ts';

const [folder, ...more] = process.argv.slice(2);
if (!folder || more.length) {
  process.stderr.write('How to use it: npm run export -- folder\n');
  process.exitCode = 1;
} else {
  const server = await borrowDatabase(config);
  try {
    await exportFiles(server.urls.owner, folder, papersIn(config.dataDir));
    process.stdout.write(`Written to ${folder}.\n`);
  } catch (problem) {
    process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n`);
    process.exitCode = 1;
  } finally {
    await server.stop();
  }
}
