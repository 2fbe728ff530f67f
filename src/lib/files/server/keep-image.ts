/** An image that came inside a form, such as a signature drawn by hand: kept like every other file. */
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { originalFile, type Storage } from './storage.ts';
import { log } from '#lib/platform/server/log.ts';
import { beginFile, finishFile, takeBackFile, type Sender } from './commands.ts';

/** More than a few strokes need. */
const mostBytes = 200_000;

/** The bytes of a PNG as a page's canvas gives it, or null where it is none. */
export function readDrawing(dataUrl: string): Buffer | null {
  const [, base64] = /^data:image\/png;base64,([A-Za-z0-9+/]+=*)$/.exec(dataUrl.trim()) ?? [];
  if (!base64 || base64.length > (mostBytes * 4) / 3 + 4) return null;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.subarray(0, 8).equals(pngBegins) ? bytes : null;
}

/** Its id, or null where it cannot be kept now: no room, or a disk that fails. What it came with must not wait for it. */
export async function keepImage(
  sender: Sender,
  storage: Storage,
  { form_key, name, bytes }: { form_key: string; name: string; bytes: Buffer }
): Promise<string | null> {
  const begun = await beginFile(sender, { form_key, name, type: 'image/png', size: bytes.length });
  if ('reason' in begun) return null;
  try {
    await storage.create(begun.id, originalFile);
    await pipeline(Readable.from([bytes]), storage.write(begun.id, originalFile, 0));
  } catch (problem) {
    log.error('an image could not be kept', { error: problem });
    // What cannot be taken back now is swept away with its row.
    await takeBackFile(sender, storage, begun.id).catch(() => {});
    return null;
  }
  return (await finishFile(sender, storage, begun.id)) === null ? begun.id : null;
}

const pngBegins = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
