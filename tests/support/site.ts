/** A web process over a database of the test's own, and browsers in which somebody is signed in. */
import { fork } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, inject } from 'vitest';
import { sessionCookie } from '#lib/people/server/session.ts';
import { openStorage } from '#lib/files/server/storage.ts';
import { aUtility, ownPlace } from './hearth.ts';
import type { makersOn, Somebody } from './makers.ts';

const script = resolve(import.meta.dirname, '../../bin/web.ts');
/** What the cookies of this site are signed with. */
export const secret = 'known to everybody, for tests only, and long enough';

/** Call it at the top of a test file. It needs the built pages. The process ends with the file. */
export async function startSite(databaseUrl: string, more: NodeJS.ProcessEnv = {}) {
  const { env, folder } = await ownPlace();
  const urls = { DATABASE_URL: databaseUrl, AUTH_DATABASE_URL: forSignIn(databaseUrl) };
  const own = { ...aUtility, HOST: '127.0.0.1', ...urls, SECRET: secret, NODE_ENV: 'production', ...more };
  const child = fork(script, { env: { ...process.env, ...env, ...own }, execArgv: [] });
  afterAll(async () => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit');
    folder.remove();
  });

  const url = `http://127.0.0.1:${env.PORT}`;
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`The web process ended with ${child.exitCode}.`);
    await pause(50);
  }
  return { url, storage: openStorage(join(folder.path, 'files')) };
}

/** Signs somebody in behind the scenes, and gives the cookie that says so. */
export async function signedIn({ sql }: Pick<Awaited<ReturnType<typeof makersOn>>, 'sql'>, { id }: Somebody) {
  const token = randomBytes(24).toString('base64url');
  await sql(
    `insert into sign_in_session (person_id, token, expires_at) values ($1, $2, now() + interval '1 hour')`,
    [id, token]
  );
  const signature = createHmac('sha256', secret).update(token).digest('base64');
  return `${sessionCookie}=${encodeURIComponent(`${token}.${signature}`)}`;
}

/** The same database, over the same line, under the login with which people are signed in. */
function forSignIn(databaseUrl: string) {
  const { username, password } = new URL(inject('testServer').urls.auth);
  return Object.assign(new URL(databaseUrl), { username, password }).href;
}

const isReady = (url: string) =>
  fetch(`${url}/ready`).then(
    ({ ok }) => ok,
    () => false
  );
