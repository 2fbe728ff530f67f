/** The SHA-256 of a file of any size, read piece by piece. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

export async function checksum(file: Readable): Promise<string> {
  // A file that is read without an encoding comes in buffers.
  const hash = createHash('sha256');
  for await (const piece of file as AsyncIterable<Buffer>) hash.update(piece);
  return hash.digest('hex');
}
