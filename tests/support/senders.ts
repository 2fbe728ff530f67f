/** Senders of files for tests: their HTTP server knows them by name, as the real one knows them by cookie. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Actor } from '#lib/platform/actor.ts';
import type { Database } from '#lib/platform/server/db.ts';
import { openStorage } from '#lib/files/server/storage.ts';
import { wordsFor } from '#lib/platform/words.ts';
import type { Uploader } from '#lib/files/server/uploads.ts';

export const origin = 'http://hearth.test';

/** A folder for files that goes away after the test file. */
export function freshStorage() {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-files-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return openStorage(folder);
}

/** Serves `answer` on a free port, to the sender whose name stands in the header `x-sender`. */
export async function serve(
  database: Database,
  actors: Record<string, Actor>,
  answer: (req: IncomingMessage, res: ServerResponse, sender: Uploader) => unknown
) {
  const server = createServer((req, res) => {
    const actor = actors[String(req.headers['x-sender'])] ?? { kind: 'visitor', visitor: null };
    const address = String(req.headers['x-address'] ?? 'somewhere');
    Promise.resolve(
      answer(req, res, { actor, address, db: database.as(actor), t: wordsFor('en'), origin })
    ).catch((error: unknown) => (res.headersSent ? res.destroy() : res.writeHead(500).end(String(error))));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  afterAll(() => new Promise((closed) => (server.closeAllConnections(), server.close(closed))));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
