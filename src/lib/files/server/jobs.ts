/** What is done with files later: looking through what came, and throwing away what was never sent. */
import type { Updateable } from 'kysely';
import type { Attachment } from '../../../../db/tables.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { prepareFile } from './previews.ts';
import { scan } from './scan.ts';
import { originalFile, type Storage } from './storage.ts';
import type { Handlers, Timetable } from '#lib/platform/server/jobs.ts';
import type { FileOwner } from './owner.ts';
import { sweep } from './sweep.ts';

declare module '#lib/platform/jobs.ts' {
  interface Jobs {
    /** Looks a file through for harm, finds out what it gives away, and makes the pictures that are shown of it. */
    'attachments.process': { attachmentId: string };
    /** Throws away files that were never sent, and what a crash has left behind. */
    'attachments.sweep': Nothing;
  }
}

export const attachmentTimetable: Timetable = { 'attachments.sweep': '23 * * * *' };

/** `scanner` is the address of a virus scanner, or null where there is none. */
export const attachmentJobs = (
  owner: FileOwner,
  storage: Storage,
  scanner: string | null
): Handlers<'attachments.process' | 'attachments.sweep'> => ({
  async 'attachments.process'(db, { attachmentId: id }) {
    const row = await rowOf(db, id);
    if (row?.state === 'received' && row.type)
      await lookThrough(db, owner, { storage, scanner }, { id, type: row.type });
    // Also when an earlier run was killed between the two.
    if ((await rowOf(db, id))?.state === 'rejected') await storage.remove(id);
  },
  'attachments.sweep': (db) => sweep(db, storage)
});

async function lookThrough(
  db: Db,
  owner: FileOwner,
  { storage, scanner }: { storage: Storage; scanner: string | null },
  file: { id: string; type: string }
) {
  const verdict = await scan(scanner, () => storage.read(file.id, originalFile));
  if (verdict === 'infected') {
    await conclude(db, owner, file.id, { state: 'rejected', scan: verdict, why_rejected: 'infected' });
  } else {
    const prepared = await prepareFile(storage, file.id, file.type);
    await conclude(db, owner, file.id, { state: 'ready', scan: verdict, ...prepared });
  }
}

/** Writes down what became of a file and, where it has been sent already, tells its owner: once. */
async function conclude(
  db: Db,
  owner: FileOwner,
  id: string,
  outcome: Updateable<Attachment> & { state: 'ready' | 'rejected' }
) {
  for (;;) {
    const row = await rowOf(db, id);
    if (row?.state !== 'received') return;
    if (await db.transaction().execute((tx) => write(tx, row.request_id))) return;
    // It was sent between the look and the writing. The next look sees that.
  }

  async function write(tx: Db, requestId: string | null) {
    // The owner is locked before its file, as by everybody who sends: so nobody waits in a circle.
    if (requestId) await owner.hold(tx, requestId);
    const written = await tx
      .updateTable('attachment')
      .set(outcome)
      .where('id', '=', id)
      .where('state', '=', 'received')
      .where('request_id', 'is not distinct from', requestId)
      .returning('visibility')
      .executeTakeFirst();
    if (written && requestId) {
      const { visibility } = written;
      await owner.tell(tx, requestId, { attachment: id, state: outcome.state, visibility });
    }
    return written !== undefined;
  }
}

const rowOf = (db: Db, id: string) =>
  db.selectFrom('attachment').select(['state', 'type', 'request_id']).where('id', '=', id).executeTakeFirst();
