/** Sending letters over SMTP: to the utility's mail server, or to a catcher on this machine where none is set. */
import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import nodemailer from 'nodemailer';
import { asHtml } from '../mail-html.ts';
import type { Locale } from '../language.ts';
import { together, type Db } from './db.ts';
import { log } from './log.ts';
import { textOnce, type TextHead, type Ways } from './texts.ts';

export interface Mail {
  /** One address. */
  to: string;
  subject: string;
  text: string;
  /** The language it is written in, which its HTML says. */
  locale: Locale;
  /** What a text message says in place of its subject. */
  line?: string;
  /** For the calendar of whoever reads it. */
  calendar?: MailCalendar | undefined;
}

export interface MailCalendar {
  method: 'request' | 'cancel';
  /** iCalendar, RFC 5545. */
  content: string;
}

export interface Post {
  /** Settles when the mail server has taken the letter. */
  send(mail: Mail, messageId?: string): Promise<void>;
  /** What every text message says of us; null where there are none. */
  texts?: TextHead | null;
  close(): void;
}

export interface PostOffice {
  smtpUrl: string;
  from: string;
  /** How long the mail server may take over an answer, in milliseconds. */
  patience?: number;
  texts?: TextHead | null;
}

/**
 * What the protocol grants a mail server before it says yes (RFC 5321, 4.5.3.2.6). Who gives up before, and tries again,
 * sends twice: the yes only came late.
 */
export const grantedByProtocol = 10 * 60_000;

/** Opens the way to a mail server. Connections are made when there is something to send, and kept for the next. */
export function openPost({ smtpUrl, from, patience = grantedByProtocol, texts = null }: PostOffice): Post {
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 4,
    connectionTimeout: 10_000,
    // A greeting has half of it.
    greetingTimeout: patience / 2,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true
  });
  const domain = domainOf(from);

  return {
    async send({ to, subject, text, locale, calendar }, messageId = newMessageId(domain)) {
      if (!isOneAddress(to)) throw new MailProblem('the address is none', 'address');
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject: oneLine(subject),
          text,
          html: asHtml(text, locale),
          messageId,
          ...(calendar && { icalEvent: { ...calendar, filename: 'visit.ics' } }),
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
        });
      } catch (error) {
        throw reported(error);
      }
    },
    texts,
    close: () => transport.close()
  };
}

/** That a letter was not taken, without the address and the words of the mail server, which quote it. */
export class MailProblem extends Error {
  /** Where trying again cannot help: the code of the mail server's last word, or that the address is none. */
  final: string | null;

  constructor(what: string, final: string | null) {
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
  /** By which ways its reader wants it. Without them it goes by e-mail. */
  ways?: Ways | null;
}

/** What became of a letter. `before`: it was settled by an earlier run. `texted`: it went as a text message alone. */
export type Outcome = 'sent' | 'refused' | 'before' | 'texted';

/** Sends a letter by the ways its reader wants: as a text message, by e-mail, or both. What no text can tell, a mail does. */
export async function sendOnce(db: Db, post: Post, about: OnceOnly, mail: Mail): Promise<Outcome> {
  const texted = await textOnce(db, post.texts ?? null, about, mail);
  return texted && about.ways?.email === false ? 'texted' : mailOnce(db, post, about, mail);
}

/**
 * Mails a letter unless its key has been settled before: taken, or refused for good. Two runs at once wait for each other.
 * Only a process that dies between the mail server's yes and our commit sends again, and then under the same Message-ID,
 * by which mail programs know a double.
 *
 * Nothing is written before the mail server has spoken, however long that takes: whoever has written and not committed
 * holds up the live feed of everybody.
 */
function mailOnce(db: Db, post: Post, about: OnceOnly, mail: Mail): Promise<Outcome> {
  return db.transaction().execute(async (tx) => {
    const message_id = `<${createHash('sha256').update(about.key).digest('hex').slice(0, 32)}@letters.hearth>`;
    const { key, kind, person: person_id, request: request_id } = about;
    const [, before] = await together(tx, (one) =>
      Promise.all([
        sql`select pg_advisory_xact_lock(hashtextextended(${`letter ${key}`}, 0))`.execute(one),
        one.selectFrom('letter').select('key').where('key', '=', key).executeTakeFirst()
      ])
    );
    if (before) return 'before';

    const refused = await lastWord(post.send(mail, message_id));
    if (refused) log.warn('a letter was refused for good', { kind, code: refused });
    await tx.insertInto('letter').values({ key, kind, person_id, request_id, message_id, refused }).execute();
    return refused ? 'refused' : 'sent';
  });
}

/** When somebody's last letter came back; null while they arrive. */
export async function lettersFailSince(db: Db, person: string): Promise<Date | null> {
  const last = await db
    .selectFrom('letter')
    .select(['refused', 'sent_at'])
    .where('person_id', '=', person)
    .orderBy('sent_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.refused ? last.sent_at : null;
}

/** What a mail server said against a letter for good; null when it took it. What may pass is thrown, to be tried again. */
async function lastWord(sending: Promise<void>): Promise<string | null> {
  try {
    await sending;
    return null;
  } catch (problem) {
    if (problem instanceof MailProblem && problem.final) return problem.final;
    throw problem;
  }
}

const domainOf = (from: string) => /@([\w.-]+)>?$/.exec(from)?.[1] ?? 'localhost';
const newMessageId = (domain: string) => `<${randomUUID()}@${domain}>`;

/** No list, no name, no line break: one address goes to one person. Nobody is at `.invalid` (RFC 6761), as whoever closed. */
const isOneAddress = (to: string) =>
  /^[^\s@,;<>"()\\]+@[^\s@,;<>"()\\]+$/.test(to) && !to.endsWith('.invalid');

// eslint-disable-next-line no-control-regex -- a line break here would begin a header of the writer's own.
const oneLine = (text: string) => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();

function reported(error: unknown): MailProblem {
  const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  const what = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  // 55x: this mailbox does not exist, or does not want the letter. Where it is we who may not send, that can be mended.
  const aboutUs = error instanceof Error && 'command' in error && error.command === 'MAIL FROM';
  const final = code >= 550 && code <= 559 && !aboutUs ? String(code) : null;
  return new MailProblem(code ? `${what}, the server said ${code}` : what, final);
}
