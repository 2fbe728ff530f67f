/** One supervisor for each cluster: a door bell that only a living process answers, so it needs no tidying up. */
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { Cluster } from './cluster.ts';

/** Holds the cluster for this process until it ends or lets go. Refuses when another one holds it. */
export async function holdCluster(cluster: Cluster): Promise<() => void> {
  const bell = bellOf(cluster);
  for (;;) {
    const server = await hang(bell);
    if (server) return () => server.close();
    const holder = await ring(bell);
    if (holder) throw new Error(`Hearth already runs here: process ${holder} holds ${cluster.home}.`);
    rmSync(bell, { force: true });
  }
}

const bellOf = ({ socket, home }: Cluster) =>
  process.platform === 'win32' ? `\\\\.\\pipe\\${home.replaceAll(/\W/g, '-')}` : join(socket, 'supervisor');

/** Hangs our bell, or returns null where one hangs already. It answers with our process number. */
function hang(bell: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((caller) => caller.end(String(process.pid)));
    server.unref();
    server.once('error', (problem: NodeJS.ErrnoException) =>
      problem.code === 'EADDRINUSE' ? resolve(null) : reject(problem)
    );
    server.listen(bell, () => resolve(server));
  });
}

/** The number of the process behind the bell, or null where nobody lives any more. */
function ring(bell: string): Promise<string | null> {
  return new Promise((resolve) => {
    let heard = '';
    const caller = connect(bell);
    caller.setEncoding('utf8');
    caller.on('data', (said: string) => (heard += said));
    caller.once('error', () => resolve(null));
    caller.once('end', () => resolve(heard));
  });
}
