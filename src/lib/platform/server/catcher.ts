/** The mail catcher: a mail server on this machine that delivers nothing and keeps everything, to be read at /mail. */
import { once } from 'node:events';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { sql } from 'kysely';
import type { Db } from './db.ts';

export interface Catcher {
  /** What to set SMTP_URL to. */
  url: string;
  close(): Promise<void>;
}

const longest = 5_000_000;
let cleanedAt = 0;

/** Listens on a free port of the loopback address. */
export async function startCatcher(db: Db): Promise<Catcher> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: longest,
    onData(stream, session, done) {
      keep(db, stream, session.envelope).then(
        () => done(),
        () => done(new Error('the letter could not be kept'))
      );
    }
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');

  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise((closed) => server.close(() => closed()))
  };
}

async function keep(db: Db, stream: SMTPServerDataStream, { rcptTo }: SMTPServerSession['envelope']) {
  const mail = await simpleParser(stream);
  await db
    .insertInto('caught_mail')
    .values(
      rcptTo.map(({ address }) => ({
        sender: mail.from?.text ?? '',
        recipient: address,
        subject: mail.subject ?? '',
        text: mail.text ?? '',
        html: mail.html || ''
      }))
    )
    .execute();
  if (Date.now() - cleanedAt < 3_600_000) return;
  cleanedAt = Date.now();
  // Nobody cleans up after a catcher, so it does so itself.
  await db
    .deleteFrom('caught_mail')
    .where('at', '<', sql<Date>`now() - interval '30 days'`)
    .execute();
}
