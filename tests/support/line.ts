/** The line to a database, for tests in which it is cut, or goes dead while it seems to stand. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll } from 'vitest';

/** Call it at the top of a test file. `url` is the same database, reached over a line that can fail. */
export async function lineTo(databaseUrl: string) {
  const database = new URL(databaseUrl);
  const port = database.port || '5432';
  const host = decodeURIComponent(database.hostname);
  const reach = () =>
    host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(Number(port), host);

  const sockets = new Set<Socket>();
  let state: 'open' | 'cut' | 'silent' = 'open';
  const line = createServer((near) => {
    if (state === 'cut') return near.destroy();
    const far = reach();
    for (const [from, to] of [
      [near, far],
      [far, near]
    ] as const) {
      sockets.add(from);
      // What comes while it is silent is swallowed, in both directions.
      from.on('data', (piece) => state === 'open' && to.write(piece));
      from.on('error', () => {}).on('close', () => (sockets.delete(from), to.destroy()));
    }
  }).listen(0, '127.0.0.1');
  await once(line, 'listening');
  afterAll(() => (hangUp(), line.close()));

  function hangUp() {
    for (const socket of sockets) socket.destroy();
  }
  const address = line.address();
  database.host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

  return {
    url: database.href,
    /** As when the database is stopped: nobody answers any more. */
    cut: () => ((state = 'cut'), hangUp()),
    /** As when its machine hangs: calls are taken, and nothing is said. */
    hush: () => void (state = 'silent'),
    /** Lines that were dead stay dead; new ones work. */
    mend: () => ((state = 'open'), hangUp())
  };
}
