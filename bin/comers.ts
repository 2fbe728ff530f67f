/** Who comes to the shell: the same people as come to the pages, by the same door. */
import type { IncomingMessage } from 'node:http';
import { type Call, enter, type Entrant, stranger } from '#lib/people/server/authenticate.ts';
import { cookieIn } from '#lib/platform/cookie.ts';
import { languageOf, spokenCookie } from '#lib/platform/language.ts';
import { addressDigest } from '#lib/platform/server/address-digest.ts';
import { inTime } from '#lib/platform/server/timeout.ts';
import { config, database, secure } from '#lib/platform/server/runtime.ts';
import { wordsFor } from '#lib/platform/words.ts';
import type { Uploader } from '#lib/files/server/uploads.ts';

const keeper = { database, secret: config.secret, secure };

/** Where our own pages are. */
export const home = new URL(config.origin);

/** How long the database may take to say who comes, in milliseconds. A form may carry words that cannot wait. */
const patience = 3_000;

/** Somebody who sends or asks for files. */
export const senderOf = async (req: IncomingMessage): Promise<Uploader> => asSender(req, await whoComes(req));

/** The same of whom nothing is known, without asking the database. */
export const strangerOf = (req: IncomingMessage): Uploader => asSender(req, stranger(keeper, callOf(req)));

export const whoComes = (req: IncomingMessage) => inTime(enter(keeper, callOf(req)), patience);

function asSender(req: IncomingMessage, { person, actor, db }: Entrant): Uploader {
  return {
    db,
    actor,
    address: sourceOf(req),
    origin: originOf(req),
    t: wordsFor(
      languageOf(
        person?.locale ?? cookieOf(req, spokenCookie),
        cookieOf(req, 'locale'),
        req.headers['accept-language']
      )
    )
  };
}

/** Where our pages are for this browser. */
export const originOf = (req: IncomingMessage) =>
  `${home.protocol}//${String(req.headers['x-forwarded-host'])}`;

const sourceOf = (req: IncomingMessage) =>
  addressDigest(String(req.headers['x-client-address']), config.secret);

const callOf = (req: IncomingMessage): Call => ({
  cookie: (name) => cookieOf(req, name),
  source: sourceOf(req)
});

export const cookieOf = (req: IncomingMessage, name: string) => cookieIn(req.headers.cookie, name);
