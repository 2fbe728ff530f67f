/** Papers of bills that the billing system delivered: where they lie, and whose is there for the asker. */
import { join } from 'node:path';
import type { Db } from '#lib/platform/server/db.ts';
import { openStorage, originalFile, type Storage } from '#lib/files/server/storage.ts';

/** Beside the files that people sent: no id of theirs leads there. */
export const papersIn = (dataDir: string): Storage => openStorage(join(dataDir, 'files', 'bills'));

/** The paper that came for a bill, if one did and its file is there. */
export async function deliveredPaper(db: Db, papers: Storage, number: string) {
  const paper = await db
    .selectFrom('bill_paper as p')
    .innerJoin('bill as b', 'b.id', 'p.bill_id')
    .select(['p.file', 'p.sha256', 'p.size'])
    .where('b.number', '=', number)
    .executeTakeFirst();
  return paper && (await papers.size(paper.file, originalFile)) === paper.size ? paper : null;
}
