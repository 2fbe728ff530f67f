/** The embedded PostgreSQL, kept running: started, watched, started again when it dies, stopped at the end. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { log } from '#lib/platform/server/log.ts';
import { patiently } from '#lib/platform/server/retry.ts';
import { type Cluster, openCluster } from './cluster.ts';
import { prepareCluster, type LoginName } from './logins.ts';
import { holdCluster } from './lock.ts';
import { runningPostmaster, startPostmaster, stopPostmaster } from './postmaster.ts';

export type DatabaseUrls = { owner: string; web: string; auth: string; worker: string };
export type Embedded = { urls: DatabaseUrls; pid(): number; stop(): Promise<void>; kill(): void };

type Options = { durable?: boolean };

/**
 * Runs the cluster of `dataDir` until `stop`. One that an earlier, killed Hearth left running is stopped first: then
 * there is never a second one, and the one there is has today's settings and is our own child to watch.
 */
export async function runEmbedded(dataDir: string, options: Options = {}): Promise<Embedded> {
  const cluster = await openCluster(dataDir, options);
  const letGo = await holdCluster(cluster);
  const leftover = runningPostmaster(cluster);
  if (leftover) await stopPostmaster(cluster, leftover.pid);

  let child = await startPostmaster(cluster);
  let stopping = false;
  let revival = Promise.resolve();
  const watch = () =>
    child.once('exit', (code, signal) => {
      if (stopping) return;
      log.error('PostgreSQL died and is started again', { code, signal });
      revival = revive();
    });
  const revive = async () => {
    for (let wait = 100; !stopping; wait = Math.min(wait * 2, 10_000)) {
      try {
        child = await startPostmaster(cluster);
        watch();
        return;
      } catch (problem) {
        log.error(problem);
        await pause(wait);
      }
    }
  };
  watch();

  async function stop() {
    stopping = true;
    await revival;
    await stopPostmaster(cluster, pidOf(child));
    letGo();
  }

  const urls = urlsOf(cluster);
  try {
    await patiently(() => prepareCluster(urls.owner, cluster.logins));
  } catch (problem) {
    await stop();
    throw problem;
  }
  return {
    urls,
    pid: () => pidOf(child),
    stop,
    kill() {
      stopping = true;
      child.kill('SIGQUIT');
    }
  };
}

/** For a tool that needs the database for a moment: uses the one that runs, or runs one meanwhile. */
export async function borrowEmbedded(dataDir: string): Promise<Embedded> {
  const cluster = await openCluster(dataDir);
  const running = runningPostmaster(cluster);
  if (!running) return runEmbedded(dataDir);
  return { urls: urlsOf(cluster), pid: () => running.pid, stop: async () => {}, kill() {} };
}

function urlsOf(cluster: Cluster): DatabaseUrls {
  return {
    owner: urlOf(cluster, 'hearth'),
    web: urlOf(cluster, 'web_login'),
    auth: urlOf(cluster, 'auth_login'),
    worker: urlOf(cluster, 'worker_login')
  };
}

/** Through the socket, whose folder no other account may enter; on Windows through the loopback interface. */
function urlOf(cluster: Cluster, login: LoginName) {
  const running = runningPostmaster(cluster);
  const host = process.platform === 'win32' ? '127.0.0.1' : encodeURIComponent(cluster.socket);
  return `postgres://${login}:${cluster.logins.passwordOf(login)}@${host}:${running?.port ?? 5432}/hearth`;
}

const pidOf = (child: ChildProcess) => child.pid ?? 0;
