/** Proves that an open page shows what a fresh load shows, after every kind of change, however its line was cut. */
import '../bin/own-node.ts';
import { borrowEmbedded } from '#lib/postgres/server/supervisor.ts';
import { serveClamd } from '../tests/support/clamd-server.ts';
import { ownPlace, startHearth, stopHearth } from '../tests/support/hearth.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
const secret = 'known to everybody, for the proof only, and long enough';

const { env, folder } = await ownPlace();
const scanner = await serveClamd();
const settings = { ...env, DEMO: '1', LOG_LEVEL: 'error', SECRET: secret, CLAMAV_SOCKET: scanner.address };
// The commands that are used here read the same settings as the processes that are watched.
Object.assign(process.env, settings);
const hearth = await startHearth({ ...settings, WEB_PROCESSES: '2' });
try {
  const { proveStreams } = await import('./live/proof.ts');
  const { urls } = await borrowEmbedded(env.DATA_DIR);
  process.exitCode = (await proveStreams({
    hearth,
    urls,
    dataDir: env.DATA_DIR,
    port: Number(env.PORT),
    secret,
    seed
  }))
    ? 0
    : 1;
} finally {
  await stopHearth(hearth);
  scanner.close();
  folder.remove();
}
process.exit();
