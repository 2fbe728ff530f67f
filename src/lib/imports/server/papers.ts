/** Papers that come with bills: looked at, copied beside the other files, and noted in the transaction of the import. */
import { createHash, randomUUID } from 'node:crypto';
import { lstat, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { notePaper } from '#lib/billing/server/imported.ts';
import { originalFile, type Storage } from '#lib/files/server/storage.ts';
import { mostBytes, papersFolder, wrongWithPaper } from '../paper-file.ts';
import type { Problem } from '../rows.ts';
import { stagedOf } from './staged.ts';

/** Bills looked at in one go. */
const armful = 500;

export interface Taken {
  /** Copied for this import: to be removed where nothing of it is kept. */
  added: string[];
  /** Of papers that came anew: to be removed once it is. */
  replaced: string[];
  problems: Problem[];
}

/** Takes the papers that the staged bills name. In a dry run nothing is copied. */
export async function takePapers(
  client: pg.Client,
  csv: string,
  papers: Storage,
  { dryRun }: { dryRun: boolean }
): Promise<Taken> {
  const taken: Taken = { added: [], replaced: [], problems: [] };
  let after = 0;
  for (;;) {
    const { rows } = await client.query<Named>(
      `select s.row, s.pdf, b.id as bill, p.file, p.sha256
       from ${stagedOf('bills')} s join bill b on b.number = s.number left join bill_paper p on p.bill_id = b.id
       where s.pdf is not null and s.row > $1 order by s.row limit ${armful}`,
      [after]
    );
    for (const named of rows) await takeOne(client, named, { csv, papers, dryRun }, taken);
    const last = rows.at(-1);
    if (!last || rows.length < armful) return taken;
    after = last.row;
  }
}

/** What a killed import has copied, and no bill has: gone. Only while no other import runs. */
export async function sweepPapers(client: pg.Client, papers: Storage) {
  for await (const id of papers.ids()) {
    const { rowCount } = await client.query('select from bill_paper where file = $1', [id]);
    if (rowCount === 0) await papers.remove(id);
  }
}

interface Named {
  row: number;
  pdf: string;
  bill: string;
  file: string | null;
  sha256: string | null;
}

interface From {
  csv: string;
  papers: Storage;
  dryRun: boolean;
}

async function takeOne(client: pg.Client, named: Named, { csv, papers, dryRun }: From, taken: Taken) {
  const path = join(dirname(csv), papersFolder, named.pdf);
  const read = await look(path);
  if ('wrong' in read) {
    taken.problems.push({ row: named.row, column: 'pdf', reason: read.wrong });
    return;
  }
  if (dryRun || read.sha256 === named.sha256) return;

  const id = randomUUID();
  taken.added.push(id);
  await papers.create(id, originalFile);
  const file = await open(path);
  await pipeline(file.createReadStream(), papers.write(id, originalFile, 0));
  await papers.sync(id, originalFile);
  await notePaper(client, { bill: named.bill, file: id, sha256: read.sha256, size: read.size });
  if (named.file) taken.replaced.push(named.file);
}

async function look(path: string): Promise<{ wrong: string } | { sha256: string; size: number }> {
  const found = await lstat(path).catch(() => null);
  // A link could lead to anything on this machine, which its customer would then read.
  if (!found?.isFile()) return { wrong: `There is no file of this name in the folder “${papersFolder}”.` };
  if (found.size > mostBytes) return { wrong: wrongWithPaper(found.size, noBytes, noBytes) ?? '' };
  const file = await open(path);
  try {
    const head = await file.read(Buffer.alloc(1024), 0, 1024, 0);
    const tail = await file.read(Buffer.alloc(1024), 0, 1024, Math.max(0, found.size - 1024));
    const wrong = wrongWithPaper(
      found.size,
      head.buffer.subarray(0, head.bytesRead),
      tail.buffer.subarray(0, tail.bytesRead)
    );
    if (wrong) return { wrong };
    const hash = createHash('sha256');
    for await (const piece of file.createReadStream({ start: 0, autoClose: false }))
      hash.update(piece as Buffer);
    return { sha256: hash.digest('hex'), size: found.size };
  } finally {
    await file.close();
  }
}

const noBytes = new Uint8Array();
