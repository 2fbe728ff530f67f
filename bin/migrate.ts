/** Brings the database to the newest shape, whether Hearth is running or not. */
import './own-node.ts';
import { config } from '#lib/platform/server/config.ts';
import { borrowDatabase } from '#lib/postgres/server/database-server.ts';
import { migrate } from '#lib/platform/server/migrate.ts';

const server = await borrowDatabase(config);
try {
  const applied = await migrate(server.urls.owner, (file) => process.stdout.write(`${file}\n`));
  process.stdout.write(
    applied.length ? 'The database is up to date now.\n' : 'The database was up to date.\n'
  );
} catch (problem) {
  process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n`);
  process.exitCode = 1;
} finally {
  await server.stop();
}
