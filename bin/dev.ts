/** Hearth for those who work on it: what they change is seen at once, and mail stays here, to be read at /mail. */
import './own-node.ts';
import { watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { config } from '#lib/platform/server/config.ts';
import { log } from '#lib/platform/server/log.ts';
import { migrate } from '#lib/platform/server/migrate.ts';
import { refuseTakenPort } from '#lib/platform/server/port.ts';
import { add, greet, keep, lead, prepareDatabase, steadily } from './supervisor.ts';
import { isDemo } from './way-in.ts';

const project = resolve(import.meta.dirname, '..');

lead('dev', async () => {
  await refuseTakenPort(config);
  const database = await prepareDatabase();
  const demo = await steadily(() => isDemo(database.urls, config));
  const env = { DEMO: demo ? '1' : '0', NODE_ENV: 'development', SMTP_URL: '' };
  const worker = add(keep('worker', { DATABASE_URL: database.urls.worker, ...env }));
  const pages = add(
    keep('pages', { DATABASE_URL: database.urls.web, AUTH_DATABASE_URL: database.urls.auth, ...env })
  );

  // Vite takes up what pages are made of. What holds something open, such as a pool, begins afresh.
  onChange('src/lib', /(?<!\.test)\.(ts|json)$/, (file) => {
    worker.restart();
    if (/^platform.server/.test(file)) pages.restart();
  });
  onChange('bin', /\.ts$/, (file) => (file === 'worker.ts' ? worker : pages).restart());
  onChange('db/migrations', /\.sql$/, () => {
    migrate(database.urls.owner, (file) => log.info('migrating', { file })).catch((error: unknown) =>
      log.error(error)
    );
  });
  await greet(database, { demo, pages: [pages], dev: true });
});

/** Editors write a file in several goes; one call answers them all. */
function onChange(folder: string, kind: RegExp, changed: (file: string) => void) {
  const waiting = new Map<string, NodeJS.Timeout>();
  watch(join(project, folder), { recursive: true }, (_event, file) => {
    if (!file || !kind.test(file)) return;
    clearTimeout(waiting.get(file));
    waiting.set(
      file,
      setTimeout(() => changed(file), 100)
    );
  });
}
