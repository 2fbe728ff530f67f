/** Starts all of Hearth and keeps it running: database, migrations, first data, pages, web and worker. */
import './own-node.ts';
import { config } from '#lib/platform/server/config.ts';
import type { DatabaseServer } from '#lib/postgres/server/database-server.ts';
import { refuseTakenPort } from '#lib/platform/server/port.ts';
import { buildPages } from './build.ts';
import { add, greet, keep, lead, over, prepareDatabase, steadily } from './supervisor.ts';
import { isDemo } from './way-in.ts';

lead('start', async () => {
  await refuseTakenPort(config);
  const built = buildPages(over);
  built.catch(() => {});
  const database = await prepareDatabase();
  await built;
  const demo = await steadily(() => isDemo(database.urls, config));
  // It may have been taken while the pages were built.
  await refuseTakenPort(config);
  const pages = keepServing(database, demo);
  await greet(database, { demo, pages });
});

/** The web comes last, so that it is stopped first: what its last requests leave for later is then still taken. */
function keepServing({ urls }: DatabaseServer, demo: boolean) {
  const env = { DEMO: demo ? '1' : '0', NODE_ENV: 'production' };
  add(keep('worker', { DATABASE_URL: urls.worker, ...env }));
  const web = Array.from({ length: config.webProcesses }, () =>
    keep('web', { DATABASE_URL: urls.web, AUTH_DATABASE_URL: urls.auth, ...env })
  );
  add({
    stop: async () => void (await Promise.all(web.map((one) => one.stop()))),
    kill: () => web.forEach((one) => one.kill())
  });
  return web;
}
