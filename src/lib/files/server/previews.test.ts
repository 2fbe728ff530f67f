/** What is made of files that are cut, or hold more than one picture. */
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { freshStorage } from '../../../../tests/support/senders.ts';
import { prepareFile } from './previews.ts';
import { originalFile } from './storage.ts';

const storage = freshStorage();
const phone = readFileSync('tests/fixtures/phone.heic');

test.each([0.2, 0.5, 0.8, 0.99])(
  'a phone picture of which only %d came has no preview, whatever its decoder prints',
  async (part) => {
    const id = await kept(phone.subarray(0, Math.floor(phone.length * part)));
    expect(await prepareFile(storage, id, 'image/heic')).toMatchObject({ preview: 'failed' });
  }
);

test('of several pictures the one is shown that the file names as primary', async () => {
  // The first is red and 64 wide, the primary one blue and 96.
  const id = await kept(readFileSync('tests/fixtures/two.heic'));
  expect(await prepareFile(storage, id, 'image/heic')).toMatchObject({
    preview: 'made',
    width: 96,
    height: 64
  });
});

test('a file that cannot be opened at all has an answer too', async () => {
  const id = randomUUID();
  expect(await prepareFile(storage, id, 'image/jpeg')).toMatchObject({ preview: 'failed' });
});

async function kept(content: Uint8Array) {
  const id = randomUUID();
  await storage.create(id, originalFile);
  writeFileSync(storage.path(id, originalFile), content);
  return id;
}
