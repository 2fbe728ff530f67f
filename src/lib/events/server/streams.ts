/** One browser's event stream: raw Server-Sent Events on a Node response, with a heartbeat and an end. */
import type { ServerResponse } from 'node:http';

/** How often a sign of life is sent, so that proxies keep the line and the page notices when it is gone. */
const heartbeat = 15_000;

/** A reader this far behind has gone to sleep; it will come back and resume. */
const mostUnread = 256 * 1024;

export interface Stream {
  /** Sends one event. `id` is where a later connection resumes; null when it marks no position. */
  send(event: string, data: unknown, id?: string | null): void;
  end(): void;
  /** Calls `told` when it is over; at once when it is already. */
  onEnd(told: () => void): void;
}

/** How long a browser waits before it comes back: not all at the same moment, for they may all have been cut off at once. */
const wait = () => Math.round(1000 + Math.random() * 2000);

/** Answers a request with an event stream. The line is its own, and is given up with it. */
export function openStream(res: ServerResponse): Stream {
  res.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff'
  });
  res.write(`retry: ${wait()}\n\n`);
  const pulse = setInterval(() => write('event: pulse\ndata: {}\n\n'), heartbeat).unref();
  onEnd(() => clearInterval(pulse));

  function write(text: string) {
    if (res.writableEnded || res.destroyed) return;
    if (res.writableLength > mostUnread) res.destroy();
    else res.write(text);
  }

  // Somebody may have gone before we began.
  function onEnd(told: () => void) {
    if (res.closed) told();
    else res.once('close', told);
  }

  return {
    send: (event, data, id = null) =>
      write(`${id === null ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
    end: () => res.end(),
    onEnd
  };
}
