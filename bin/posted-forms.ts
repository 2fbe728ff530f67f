/** Forms on their way to the pages: whatever shape they come in, the pages see one, and it is small. */
import type { IncomingMessage } from 'node:http';
import { type Refusal, refuse } from '#lib/platform/refusal.ts';
import { screenText } from '#lib/emergencies/server/screening.ts';
import { isUnreachable } from '#lib/platform/server/db.ts';
import type { Storage } from '#lib/files/server/storage.ts';
import { readPlainForm, smallForm } from '#lib/platform/server/form-body.ts';
import { takesFiles, unpackMultipart } from '#lib/files/server/multipart.ts';
import { senderOf, strangerOf } from './comers.ts';

/** Whatever changes something brings words: `PUT`, `PATCH` and `DELETE` as well. */
export const bringsForm = ({ method = '' }: IncomingMessage) => /^(POST|PUT|PATCH|DELETE)$/.test(method);

/** Reads what was posted. Throws a refusal of what is no form, did not come whole, or is too long. */
export async function readPosted(req: IncomingMessage, storage: Storage): Promise<IncomingMessage> {
  const type = req.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === 'multipart/form-data')
    return takesFiles(req) ? withFiles(req, storage) : unpackMultipart(req, null, strangerOf(req));
  if (type === 'application/x-www-form-urlencoded') return readPlainForm(req);
  req.resume();
  if (!type && isEmpty(req)) return smallForm(req, Buffer.alloc(0));
  refuse('not_a_form', 'errors.not_a_form');
}

/**
 * What is refused, and speaks of danger, goes on to the pages all the same: they hear that first. They cannot take it
 * for a form that may be sent. Null where it speaks of none.
 */
export async function forSafety(
  req: IncomingMessage,
  words: string,
  refusal: Refusal
): Promise<IncomingMessage | null> {
  if ((await screenText(words)).level === 'clear') return null;
  const heard = { description: words, text: words, attachment_problem: inTheirWords(req, refusal) };
  return smallForm(req, Buffer.from(new URLSearchParams(heard).toString()));
}

/** A refusal in the language of whoever posted. */
export const inTheirWords = (req: IncomingMessage, { words, values }: Refusal) =>
  strangerOf(req).t(words, values);

/**
 * The files of a form are stored on their way in; the pages see a small form. Where the database is away no file can
 * be kept, and its words go on to the pages all the same, for they may speak of danger.
 */
async function withFiles(req: IncomingMessage, storage: Storage) {
  const sender = await senderOf(req).catch((problem: unknown) => {
    if (isUnreachable(problem)) return null;
    throw problem;
  });
  return unpackMultipart(req, sender && storage, sender ?? strangerOf(req));
}

const isEmpty = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
