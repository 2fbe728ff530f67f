/** Sends a file so that no browser can be talked into running it: its true type, no scripts, no other site. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { contentDisposition } from '#lib/platform/filename.ts';
import { readRange } from '#lib/platform/range.ts';
import type { Storage } from './storage.ts';

/** A file as it goes out. `tag` changes whenever its bytes do. */
export interface Outgoing {
  id: string;
  file: string;
  type: string;
  inline: boolean;
  name: string;
  tag: string;
}

/** Answers GET and HEAD, whole, in part (206), or with "you have it" (304). False when the file is not on disk. */
export async function sendFile(req: IncomingMessage, res: ServerResponse, storage: Storage, out: Outgoing) {
  const size = await storage.size(out.id, out.file);
  if (size === null) return false;

  const etag = `"${out.tag}"`;
  const headers = { ...harmless(out), etag };
  if (matches(req.headers['if-none-match'], etag)) {
    res.writeHead(304, headers).end();
    return true;
  }

  const fresh = req.headers['if-range'] === undefined || req.headers['if-range'] === etag;
  const range = fresh ? readRange(req.headers.range, size) : null;
  if (range === 'unsatisfiable') {
    res.writeHead(416, { ...headers, 'content-range': `bytes */${size}`, 'content-length': 0 }).end();
    return true;
  }

  const { start, end } = range ?? { start: 0, end: size - 1 };
  res.writeHead(range ? 206 : 200, {
    ...headers,
    'accept-ranges': 'bytes',
    'content-length': end - start + 1,
    ...(range && { 'content-range': `bytes ${start}-${end}/${size}` })
  });
  if (req.method === 'HEAD') res.end();
  // A reader who closes the window in the middle of a film is no fault.
  else await pipeline(storage.read(out.id, out.file, { start, end }), res).catch(() => res.destroy());
  return true;
}

const harmless = ({ type, inline, name }: Outgoing) => ({
  'content-type': type,
  'content-disposition': contentDisposition(inline ? 'inline' : 'attachment', name),
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'private, no-cache'
});

const matches = (header: string | undefined, etag: string) =>
  header !== undefined &&
  (header === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag));
