/** A slow line between browser and Hearth: people, and journeys, begin before a page is awake, and press before it answers. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { pipeline } from 'node:stream';
import { setTimeout as rest } from 'node:timers/promises';
import { freePort } from '#lib/platform/server/port.ts';

/** Scripts come `late` milliseconds late, all else a third of it. `url` is for the browser, `open` leads on to `port`. */
export async function slowLine(late: number) {
  const near = await freePort();
  let far = 0;
  const line = createServer((asked, answered) => {
    const { method, url, headers } = asked;
    const onward = request({ port: far, host: '127.0.0.1', method, path: url, headers }, (answer) => {
      void rest(/\.js$/.test(url ?? '') ? late : late / 3).then(() => {
        if (answered.destroyed) return;
        answered.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        // An answer that breaks breaks for the browser, too.
        pipeline(answer, answered, () => {});
      });
    });
    // Whoever hangs up on one side is gone on the other.
    onward.on('error', () => answered.destroy());
    answered.on('close', () => onward.destroy());
    asked.pipe(onward);
  });

  // As long as Hearth keeps its own.
  line.keepAliveTimeout = 65_000;

  return {
    url: `http://127.0.0.1:${near}`,
    async open(port: number) {
      far = port;
      await once(line.listen(near, '127.0.0.1'), 'listening');
    },
    close: () => (line.closeAllConnections(), line.close())
  };
}
