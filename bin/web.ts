/** The web process: a plain HTTP server with the shell before the built pages. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { brotliCompressSync, constants as brotli } from 'node:zlib';
import compression from 'compression';
import { giveUp, sayReady, whenAskedToStop } from '#lib/platform/server/supervised.ts';
import { sayUnavailable } from '#lib/platform/server/port.ts';
import { log } from '#lib/platform/server/log.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { breakOff, closeShell, plain, shell } from './shell.ts';
import type { Drawn } from './short-road.ts';

// Kit's handler reads these when it is loaded. The shell itself sets the headers below, whatever a client sends.
process.env['PROTOCOL_HEADER'] = 'x-forwarded-proto';
process.env['HOST_HEADER'] = 'x-forwarded-host';
process.env['ADDRESS_HEADER'] = 'x-client-address';
process.env['BODY_SIZE_LIMIT'] = '1M';
// Only the build has this file; it is the pages.
const kit: string = '../build/handler.js';
const { handler: built } = (await import(kit)) as { handler: Handler };

type Handler = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

/**
 * Pages are made for one person and compressed once for each, so it is done lightly: a quarter of the work of the usual
 * settings for an eighth more bytes, and a page in one piece. Its types ask for Express; it needs no more than Node's own
 * request and response.
 */
const lightly = { params: { [brotli.BROTLI_PARAM_QUALITY]: 1, [brotli.BROTLI_PARAM_LGWIN]: 16 } };
const compress = compression({
  threshold: 1024,
  level: 3,
  chunkSize: 64 * 1024,
  brotli: lightly
}) as unknown as Handler;

if (config.databaseUrl && !config.authDatabaseUrl) {
  process.stderr.write(
    'AUTH_DATABASE_URL is missing: people sign in under a login of its own, which the pages cannot become.\n'
  );
  process.exit(1);
}

const server = createServer((req, res) => shell(req, res, pages, send));
// A film over a slow line, from a browser that can only send its form as a whole.
server.requestTimeout = 30 * 60_000;
server.keepAliveTimeout = 65_000;
server.once('error', (problem) => giveUp(sayUnavailable(config, problem)));
server.listen({ port: config.port, host: config.host, reusePort: config.webProcesses > 1 }, () => {
  log.info('web process listens', { host: config.host, port: config.port });
  sayReady();
});

function pages(req: IncomingMessage, res: ServerResponse) {
  compress(req, res, () => built(req, res, () => plain(res, 404, 'There is nothing here.')));
}

/** A page that is whole is compressed in one go: a stream for it would cost twice as much as the work it does. */
function send(req: IncomingMessage, res: ServerResponse, { headers, html }: Drawn) {
  for (const [name, value] of headers) res.setHeader(name, value);
  const takes = req.headers['accept-encoding']?.toString().split(/, */) ?? [];
  if (!takes.includes('br')) return compress(req, res, () => res.end(html));
  res.setHeader('vary', 'Accept-Encoding');
  res.setHeader('content-encoding', 'br');
  res.end(brotliCompressSync(html, lightly));
}

/** Requests in flight finish, within reason; then the pool closes. */
function stop() {
  breakOff();
  server.close(() => void closeShell().then(() => process.exit(0)));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), 8_000).unref();
}
whenAskedToStop(stop);
