/** A process that takes uploads for one person, to be killed by a test: `node upload-server.ts <task as JSON>`. */
import { createServer } from 'node:http';
import type { PersonActor } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { openStorage } from '#lib/files/server/storage.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { uploadsEndpoint } from '#lib/files/server/uploads.ts';

interface Task {
  url: string;
  folder: string;
  port: number;
  origin: string;
  actor: PersonActor;
}

const task = JSON.parse(process.argv[2] ?? '{}') as Task;
const { actor, origin } = task;
const db = openDatabase(task.url, 'hearth_web').as(actor);
const uploads = uploadsEndpoint(openStorage(task.folder));

createServer((req, res) => {
  void uploads(req, res, { actor, db, address: '', origin, t: wordsFor('en') }).catch(() => res.destroy());
}).listen(task.port, '127.0.0.1', () => process.stdout.write('ready\n'));
