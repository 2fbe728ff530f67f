/** The archive itself, to whom it is about and to nobody else. */
import { Readable } from 'node:stream';
import { contentDisposition } from '#lib/platform/filename.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { originalFile } from '#lib/files/server/storage.ts';
import { isFileId } from '#lib/files/server/storage.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { copyName } from '#lib/privacy/copy.ts';
import { copiesIn, takeCopy } from '#lib/privacy/server/copies.ts';
import { signedInCustomer } from '../../signed-in.ts';
import type { RequestHandler } from './$types';

const copies = copiesIn(config.dataDir);

export const GET: RequestHandler = async (event) => {
  const actor = signedInCustomer(event);
  const { id } = event.params;
  const size = isFileId(id) ? await copies.size(id, originalFile) : null;
  // Whether the file is there is asked first: nothing is noted as taken that could not be.
  if (size === null) refuse('missing', 'privacy.copy_gone');
  const { asked_at } = await takeCopy(event.locals.db, actor, id);
  const headers = {
    'content-type': 'application/zip',
    'content-length': String(size),
    'content-disposition': contentDisposition('attachment', copyName(asked_at)),
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff'
  };
  if (event.request.method === 'HEAD') return new Response(null, { headers });
  return new Response(Readable.toWeb(copies.read(id, originalFile)) as ReadableStream, { headers });
};
