/** Files back out under /files/<id>/<variant>, to those who may see the request, or who sent them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { sendFile } from './send-file.ts';
import { isFileId, type Storage } from './storage.ts';
import type { Words } from '#lib/platform/words.ts';
import { served, variants, type Variant } from '../view.ts';

export const filesPath = '/files';

/** Whoever asks for a file. */
interface Asking {
  db: Db;
  actor: Actor;
  t: Words;
}

/** Answers one request for a file. What somebody may not have and what does not exist get the same answer. */
export async function serveFile(req: IncomingMessage, res: ServerResponse, storage: Storage, asking: Asking) {
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    res.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const out = await find(req.url ?? '', asking);
  const sent = out && (await sendFile(req, res, storage, out));
  if (!sent) {
    res
      .writeHead(404, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
      .end(asking.t('uploads.no_such_file'));
  }
}

async function find(url: string, { db, actor }: Asking) {
  const [, , id = '', variant = ''] = (url.split('?')[0] ?? '').split('/');
  if (!isFileId(id) || !isVariant(variant)) return null;

  const row = await db.selectFrom('attachment').selectAll().where('id', '=', id).executeTakeFirst();
  const file = row && served(actor, row, variant);
  return file ? { ...file, id, tag: `${row.sha256}-${file.file}` } : null;
}

const isVariant = (text: string): text is Variant => variants.some((variant) => variant === text);
