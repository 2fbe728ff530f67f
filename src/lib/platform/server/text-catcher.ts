/** The catcher of texts: a gateway on this machine that sends nothing and keeps everything, to be read at /mail. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import * as v from 'valibot';
import type { Db } from './db.ts';
import type { TextOffice } from './text-gateway.ts';

export interface TextCatcher {
  /** What to send to. */
  office: TextOffice;
  close(): Promise<void>;
}

const Text = v.object({ to: v.string(), from: v.string(), text: v.string() });

/** Listens on a free port of the loopback address, to whoever has its token. */
export async function startTextCatcher(db: Db, from: string): Promise<TextCatcher> {
  const token = randomBytes(24).toString('base64url');
  const server = createServer((req, res) => {
    keep(db, req, token).then(
      (status) => res.writeHead(status).end(),
      () => res.writeHead(503).end()
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    office: { url: `http://127.0.0.1:${port}/`, token, from },
    close: () => new Promise((closed) => void server.close(() => closed()))
  };
}

/** Kept as a letter is, told apart by its channel. */
async function keep(db: Db, req: IncomingMessage, token: string): Promise<number> {
  if (req.headers.authorization !== `Bearer ${token}`) return 401;
  const sent = v.parse(Text, JSON.parse(await textOf(req)));
  await db
    .insertInto('caught_mail')
    .values({
      by: 'text',
      sender: sent.from,
      recipient: sent.to,
      subject: sent.text.slice(0, 60),
      text: sent.text,
      html: ''
    })
    .execute();
  return 202;
}
