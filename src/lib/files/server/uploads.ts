/** Resumable uploads (tus) under /uploads: what breaks off goes on where it broke, and only for whoever began it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { MemoryLocker, Server } from '@tus/server';
import { httpStatus, Refusal, refuse } from '#lib/platform/refusal.ts';
import { isDiskFailure, isFileId, type Storage } from './storage.ts';
import { log } from '#lib/platform/server/log.ts';
import type { Words } from '#lib/platform/words.ts';
import { largest, limitsFor, wordsOfProblem } from '../limits.ts';
import { beginFile, finishFile, type Sender } from './commands.ts';
import { UploadStore } from './upload-store.ts';

export const uploadsPath = '/uploads';

/** Somebody who sends files over HTTP: the language their refusals are in, and where our own pages are for them. */
export interface Uploader extends Sender {
  t: Words;
  origin: string;
}

/** The disk cannot take the file: what has come of it stays, and the form goes without it meanwhile (RFC 4918). */
const noRoom = 507;

/** Answers requests for /uploads. One that changes anything must come from a page of our own. */
export function uploadsEndpoint(storage: Storage) {
  // Shared by all requests of this process, so that two never write to one file at once.
  const locker = new MemoryLocker();

  return async (req: IncomingMessage, res: ServerResponse, uploader: Uploader): Promise<void> => {
    const { t, origin } = uploader;
    res.setHeader('cache-control', 'no-store');
    if (!methods.has(req.method ?? '')) return plain(res, 405, '');
    if (req.method !== 'HEAD' && req.headers.origin !== origin)
      return plain(res, 403, t('errors.cross_site'));

    await serverFor(uploader, storage, locker).handle(req, res);
  };
}

const methods = new Set(['POST', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS']);

/** Made anew for every request, so that its store sees the database as this uploader does, and nothing more. */
function serverFor(uploader: Uploader, storage: Storage, locker: MemoryLocker) {
  return new Server({
    path: uploadsPath,
    datastore: new UploadStore(uploader, storage),
    locker,
    maxSize: largest(limitsFor(uploader.actor)),
    allowedOrigins: [uploader.origin],
    relativeLocation: true,
    namingFunction: (req, metadata) => begin(uploader, req.headers.get('upload-length'), metadata),
    getFileIdFromRequest: (_req, id) => (id && isFileId(id) ? id : undefined),
    async onUploadFinish(_req, { id }) {
      const problem = await finishFile(uploader, storage, id);
      if (problem) refuse('invalid', ...wordsOfProblem(problem));
      return {};
    },
    onResponseError: (_req, error) => answerTo(error, uploader.t)
  });
}

/** Makes the row, and with it the id, before there is a file: so no file ever belongs to nobody. */
async function begin(
  uploader: Uploader,
  length: string | null,
  metadata: Record<string, string | null> = {}
) {
  const begun = await beginFile(uploader, {
    form_key: metadata['form_key'] ?? '',
    name: metadata['name'] ?? '',
    type: metadata['type'] ?? '',
    size: Number(length ?? 'unknown')
  });
  if ('reason' in begun) refuse('invalid', ...wordsOfProblem(begun));
  return begun.id;
}

/** The protocol's own errors go out as they are, refusals in the uploader's words, and the rest tells nothing. */
function answerTo(error: Error | { status_code: number; body: string }, t: Words) {
  if (error instanceof Refusal) {
    return { status_code: httpStatus[error.kind], body: t(error.words, error.values) };
  }
  if ('status_code' in error) return undefined;
  log.error(error, { at: uploadsPath });
  if (isDiskFailure(error)) return { status_code: noRoom, body: t('uploads.not_now') };
  return { status_code: 503, body: t('errors.unavailable') };
}

function plain(res: ServerResponse, status: number, text: string) {
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}
