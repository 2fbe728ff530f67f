/** Who sends a form a byte at a time holds a line for nothing: after a minute without progress it ends. */
import type { IncomingMessage } from 'node:http';

/** So much must come in such a time, in bytes and milliseconds; the slowest phone sends it in a second. */
export const leastProgress = { bytes: 1024, within: 60_000 };

/** Watches a request until all of it has come. Calls `stuck` once when it no longer gets on. */
export function watchBody(req: IncomingMessage, stuck: () => void, least = leastProgress) {
  if (!hasBody(req)) return;
  let seen = req.socket.bytesRead;
  const watch = setInterval(() => {
    if (req.complete || req.destroyed) return clearInterval(watch);
    const { bytesRead } = req.socket;
    if (bytesRead - seen >= least.bytes) return void (seen = bytesRead);
    clearInterval(watch);
    stuck();
  }, least.within);
  watch.unref();
  req.once('close', () => clearInterval(watch));
}

const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
