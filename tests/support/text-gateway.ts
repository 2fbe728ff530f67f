/** A gateway of texts on this machine: a real server that answers as it is told, and remembers what it was sent. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { afterAll } from 'vitest';

export interface SentText {
  to: string;
  from: string;
  text: string;
  id: string;
}

export async function textGateway(token = 'the-token-of-tests') {
  const sent: SentText[] = [];
  const told = { status: 202, silent: false, tries: 0 };
  const server = createServer((req, res) => {
    void textOf(req).then((body) => {
      told.tries += 1;
      if (told.silent) return;
      const known = req.headers.authorization === `Bearer ${token}`;
      const status = known ? told.status : 401;
      const id = String(req.headers['idempotency-key']);
      if (status < 300 && !sent.some((one) => one.id === id)) sent.push({ ...JSON.parse(body), id });
      res.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:9/' } : {}).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { office: { url: `http://127.0.0.1:${port}/v1/texts`, token, from: 'Northgate' }, sent, told };
}
