/** One command starts everything; whatever is killed comes back; nothing stays behind. */
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { type Hearth, launchHearth, ownPlace, startHearth, stopHearth } from '../support/hearth.ts';

const { env, folder } = await ownPlace();
let hearth: Hearth;

/** How long a process may take to come back on a machine that is busy with other things. */
const patience = 60_000;

afterAll(async () => {
  if (hearth) await stopHearth(hearth);
  folder.remove();
});

// The processes are found through /proc, which only Linux has.
describe.runIf(process.platform === 'linux')('a Hearth that was started', () => {
  test('says where it is, and answers there', { timeout: 180_000 }, async () => {
    hearth = await startHearth(env);
    expect(hearth.output()).toContain(`Hearth is ready at ${hearth.url}`);
    expect(await isReady()).toBe(true);
  });

  test.each(['web.ts', 'worker.ts', 'postgres'])(
    'comes back when its %s is killed',
    { timeout: 3 * patience },
    async (name) => {
      const before = await processOf(name);
      process.kill(before, 'SIGKILL');
      await expect.poll(() => processOf(name).catch(() => before), { timeout: patience }).not.toBe(before);
      await expect.poll(isReady, { timeout: patience }).toBe(true);
    }
  );

  test('is refused a second time on the same data, in one sentence', { timeout: patience }, async () => {
    const place = await ownPlace();
    const second = launchHearth({ ...place.env, DATA_DIR: env.DATA_DIR });
    await once(second.child, 'exit');
    place.folder.remove();

    expect(second.child.exitCode).toBe(1);
    expect(second.output()).toMatch(/^Hearth already runs here: process \d+ holds .*\n$/);
    expect(await isReady()).toBe(true);
  });

  test(
    'leaves neither web nor worker behind when it is killed itself, and starts again',
    { timeout: 3 * patience },
    async () => {
      const parts = [await processOf('web.ts'), await processOf('worker.ts')];
      hearth.child.kill('SIGKILL');
      await once(hearth.child, 'exit');
      await expect.poll(() => parts.filter((pid) => commandOf(pid)), { timeout: patience }).toEqual([]);

      hearth = await startHearth(env);
      expect(await isReady()).toBe(true);
    }
  );

  test(
    'finishes the request under way when asked to stop, and nothing of it stays',
    { timeout: patience },
    async () => {
      const all = [await processOf('web.ts'), await processOf('worker.ts'), await processOf('postgres')];
      const form = 'email=nobody%40customer.example&password=wrong-password';
      const request = await halfAsked('/sign-in', form);

      const stopped = stopHearth(hearth);
      await pause(500);
      expect(await isReady()).toBe(false);
      expect(await request.askTheRest()).toMatch(/^HTTP\/1\.1 401 /);
      expect(await stopped).toBe(0);
      expect(all.filter((pid) => commandOf(pid))).toEqual([]);
    }
  );
});

test(
  'a port that is taken while Hearth starts ends it with one sentence, and nothing is said to be ready',
  { timeout: patience },
  async () => {
    const place = await ownPlace();
    const started = launchHearth(place.env);
    // It has looked for the port, and is busy with the database.
    await expect
      .poll(() => existsSync(join(place.folder.path, 'postgres')), { timeout: patience, interval: 10 })
      .toBe(true);
    // Whoever has it now answers as if it were us.
    const other = createHttpServer((_req, res) => res.end('ready')).listen(
      Number(place.env.PORT),
      '127.0.0.1'
    );
    await once(other, 'listening');
    await once(started.child, 'exit');
    other.close();
    place.folder.remove();

    expect(started.child.exitCode).toBe(1);
    expect(started.output()).not.toContain('is ready at');
    expect(started.output()).toContain(
      `Port ${place.env.PORT} on 127.0.0.1 is taken: stop what runs there, or start Hearth with another PORT.\n`
    );
    expect(started.output()).not.toMatch(/come to life|Error:/);
  }
);

const isReady = () =>
  fetch(`${hearth.url}/ready`).then(
    (answer) => answer.ok,
    () => false
  );

/** A form sent half: the server has the request, and waits for its end. */
async function halfAsked(path: string, form: string) {
  const socket = connect(Number(env.PORT), '127.0.0.1');
  await once(socket, 'connect');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${env.PORT}`,
    `Origin: ${hearth.url}`,
    'Accept: text/html',
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${form.length}`,
    'Connection: close'
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${form.slice(0, 10)}`);
  await pause(500);
  return {
    async askTheRest() {
      socket.write(form.slice(10));
      await once(socket, 'close');
      return answer;
    }
  };
}

/** The child of this Hearth that runs `name`. PostgreSQL's own children are not its children. */
async function processOf(name: string) {
  const runs = (pid: number) =>
    commandOf(pid)
      .split('\0')
      .some((word) => word.endsWith(`/bin/${name}`));
  const found = readdirSync('/proc')
    .map(Number)
    .find((pid) => pid && parentOf(pid) === hearth.child.pid && runs(pid));
  if (!found) throw new Error(`no ${name} runs`);
  return found;
}

const parentOf = (pid: number) => Number(/^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1]);

/** Empty for a process that is gone. */
const commandOf = (pid: number) => read(`/proc/${pid}/cmdline`);

function read(file: string) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
