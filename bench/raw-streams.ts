/** The limit that live.ts is held against: Node's own HTTP server with nothing behind it. Tells `?to=` streams on demand. */
import { createServer, type ServerResponse } from 'node:http';

const streams: ServerResponse[] = [];

createServer((req, res) => {
  const url = new URL(req.url ?? '/', 'http://raw');
  if (url.pathname === '/live') {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write('event: hello\ndata: {}\n\n');
    streams.push(res);
  } else {
    const said =
      'id: 1234.5678\nevent: change\ndata: {"reference":"7KQ4-M2XR","number":2,"kind":"details"}\n\n';
    for (const stream of streams.slice(0, Number(url.searchParams.get('to')))) stream.write(said);
    res.end();
  }
}).listen(Number(process.env.PORT), '127.0.0.1');
