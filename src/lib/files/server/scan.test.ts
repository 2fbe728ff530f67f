import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { signature, startClamd } from '../../../../tests/support/clamd.ts';
import { scan } from './scan.ts';

const clamd = await startClamd({ limit: 1_000_000 });
const file =
  (...pieces: (Buffer | string)[]) =>
  () =>
    Readable.from(pieces.map((piece) => Buffer.from(piece)));

test('a file without harm is clean, and all of it was sent', async () => {
  expect(await scan(clamd.address, file(randomBytes(70_000), randomBytes(30_000)))).toBe('clean');
  expect(clamd.seen.at(-1)).toBe(100_000);
});

test('a file with a signature is infected, also when it lies across two pieces', async () => {
  expect(await scan(clamd.address, file('x', signature.slice(0, 9), signature.slice(9), 'y'))).toBe(
    'infected'
  );
});

test('without a scanner a file is not scanned, and so is one that is larger than the scanner takes', async () => {
  expect(await scan(null, file('x'))).toBe('not_scanned');
  const large = Array.from({ length: 300 }, () => randomBytes(10_000));
  expect(await scan(clamd.address, file(...large))).toBe('not_scanned');
});

test('a scanner that is away or talks nonsense is no all-clear', async () => {
  await expect(scan('127.0.0.1:1', file('x'))).rejects.toThrow();
  await expect(scan(join(tmpdir(), 'no-such-socket'), file('x'))).rejects.toThrow();

  const path = join(tmpdir(), `clamd-${randomBytes(4).toString('hex')}`);
  const strange = createServer((socket) => socket.end('what?\0'));
  await new Promise<void>((listening) => strange.listen(path, listening));
  afterAll(() => void strange.close());
  await expect(scan(path, file('x'))).rejects.toThrow(/do not know/);
});
