/** Sending letters over SMTP: to the utility's mail server, or to a catcher on this machine where none is set. */
import { createHash, randomUUID } from 'node:crypto';
import nodemailer from 'nodemailer';
import { asHtml } from '../mail-html.ts';
import type { Db } from './db.ts';

export interface Mail {
  /** One address. */
  to: string;
  subject: string;
  text: string;
  locale?: string;
}

export interface Post {
  /** Settles when the mail server has taken the letter. */
  send(mail: Mail, messageId?: string): Promise<void>;
  close(): void;
}

export interface PostOffice {
  smtpUrl: string;
  from: string;
}

/** Opens the way to a mail server. Connections are made when there is something to send, and kept for the next. */
export function openPost({ smtpUrl, from }: PostOffice): Post {
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 4,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true
  });
  const domain = domainOf(from);

  return {
    async send({ to, subject, text, locale = 'en' }, messageId = newMessageId(domain)) {
      if (!isOneAddress(to)) throw new MailProblem('the address is none', { final: true });
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject: oneLine(subject),
          text,
          html: asHtml(text, locale),
          messageId,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
        });
      } catch (error) {
        throw reported(error);
      }
    },
    close: () => transport.close()
  };
}

/** That a letter was not taken, without the address and the words of the mail server, which quote it. */
export class MailProblem extends Error {
  /** Whether trying again cannot help. */
  final: boolean;

  constructor(what: string, { final }: { final: boolean }) {
    super(`A letter was not taken: ${what}.`);
    this.name = 'MailProblem';
    this.final = final;
  }
}

/** A letter about something, to be sent once however often its job runs. */
export interface OnceOnly {
  /** What it is about and to whom: the same key is the same letter. */
  key: string;
  kind: string;
  person: string | null;
  request: string | null;
}

/**
 * Sends a letter unless its key has been sent before. Two runs at once wait for each other. Only a process that
 * dies between the mail server's yes and our commit sends again, and then under the same Message-ID, by which
 * mail programs know a double.
 */
export function sendOnce(db: Db, post: Post, about: OnceOnly, mail: Mail): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const message_id = `<${createHash('sha256').update(about.key).digest('hex').slice(0, 32)}@letters.hearth>`;
    const { key, kind, person: person_id, request: request_id } = about;
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('letter')
      .values({ key, kind, person_id, request_id, message_id })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n) return false;

    await post.send(mail, message_id);
    return true;
  });
}

const domainOf = (from: string) => /@([\w.-]+)>?$/.exec(from)?.[1] ?? 'localhost';
const newMessageId = (domain: string) => `<${randomUUID()}@${domain}>`;

/** No list, no name, no line break: one address goes to one person. */
const isOneAddress = (to: string) => /^[^\s@,;<>"()\\]+@[^\s@,;<>"()\\]+$/.test(to);

// eslint-disable-next-line no-control-regex -- a line break here would begin a header of the writer's own.
const oneLine = (text: string) => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();

function reported(error: unknown): MailProblem {
  const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  const what = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  // 5xx on the envelope: this mailbox does not exist or does not want us. Sign-in troubles (53x) may be mended.
  const final = code >= 550 && code <= 559;
  return new MailProblem(code ? `${what}, the server said ${code}` : what, { final });
}
