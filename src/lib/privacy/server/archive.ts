/** Writes a copy of somebody's data as one ZIP file: rows and files pass through, none of it stands in memory whole. */
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import { ZipFile } from 'yazl';
import { type AttachmentFacts, served } from '#lib/files/view.ts';
import { cleanName } from '#lib/platform/filename.ts';
import type { Customer } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { originalFile, type Storage } from '#lib/files/server/storage.ts';
import { held, heldRows, type HeldRow } from './held/kind.ts';
import { heldKinds } from './held/kinds.ts';

export interface Archive {
  db: Db;
  whose: Customer;
  /** The moment that its entries bear. */
  at: Date;
  /** Where the files lie that were sent to us, and the papers of bills. */
  files: Storage;
  papers: Storage;
  /** Hears of every row on its way. */
  seen: (kind: string, row: HeldRow) => void;
  readme: string;
  /** The paper that sums up what was seen; asked for when all of it has passed. */
  paper: () => Promise<Buffer>;
}

/** Writes it into a file of `copies` under this id, in place of what was there. Returns its size. */
export async function writeArchive(copies: Storage, id: string, archive: Archive): Promise<number> {
  await copies.remove(id);
  await copies.create(id, originalFile);
  const zip = new ZipFile();
  const broken = new AbortController();
  const writing = pipeline(zip.outputStream, copies.write(id, originalFile, 0), { signal: broken.signal });
  try {
    // A disk that is full is heard of at once, and not when the next row would be written.
    await Promise.race([fill(zip, archive), writing.then(() => Promise.reject(new Error('ended early')))]);
    zip.end();
    await writing;
  } catch (problem) {
    broken.abort();
    await writing.catch(() => {});
    await copies.remove(id);
    throw problem;
  }
  await copies.sync(id, originalFile);
  return (await copies.size(id, originalFile)) ?? 0;
}

async function fill(zip: ZipFile, { db, whose, at, files, papers, seen, readme, paper }: Archive) {
  const text = { mtime: at };
  // One after the other: the next begins when the one before has passed.
  const pass = (name: string, stream: Readable, how: object = text) => {
    zip.addReadStream(stream, name, how);
    return finished(stream);
  };
  await pass('README.txt', Readable.from([Buffer.from(readme)]));
  for (const kind of heldKinds) {
    const rows = heldRows(db, kind, whose.id);
    await pass(`${kind.name}.json`, Readable.from(asJson(rows, (row) => seen(kind.name, row))));
  }
  for await (const file of filesOf(db, whose)) {
    if ((await files.size(file.id, file.file)) === null) continue;
    // What was compressed by whoever made it gets no smaller.
    await pass(file.name, files.read(file.id, file.file), { mtime: at, compress: false });
  }
  for await (const { number, file } of papersOf(db, whose)) {
    if ((await papers.size(file, originalFile)) === null) continue;
    await pass(`bills/${number}.pdf`, papers.read(file, originalFile), { mtime: at, compress: false });
  }
  await pass('summary.pdf', Readable.from([await paper()]));
}

/** One row a line, all of them a list. */
async function* asJson(rows: AsyncIterable<HeldRow>, seen: (row: HeldRow) => void) {
  let between = '[\n';
  for await (const row of rows) {
    seen(row);
    yield Buffer.from(between + JSON.stringify(row));
    between = ',\n';
  }
  yield Buffer.from(between === '[\n' ? '[]\n' : '\n]\n');
}

/** The files that are handed out, in the form in which a customer gets them, each under a name of its own. */
async function* filesOf(db: Db, whose: Customer) {
  const kind = heldKinds.find(({ name }) => name === 'files');
  if (!kind) return;
  for await (const row of heldRows(db, kind, whose.id)) {
    // The columns of the table by their names, as the kind selects them.
    const facts = { ...row, visibility: 'public' } as unknown as AttachmentFacts & {
      request: string | null;
      reading: string | null;
    };
    const form = served(whose, facts, 'original') ?? served(whose, facts, 'shown');
    if (!form) continue;
    const folder = facts.request ?? (facts.reading ? `reading ${facts.reading}` : 'not sent');
    yield {
      id: facts.id,
      file: form.file,
      name: `files/${folder}/${facts.id.slice(0, 8)} ${cleanName(form.name)}`
    };
  }
}

/** The papers that came with the bills of the accounts they hold. */
async function* papersOf(db: Db, whose: Customer) {
  for (let after = ''; ;) {
    const { rows } = await sql<{ number: string; file: string }>`
      select b.number, q.file from bill_paper q join bill b on b.id = q.bill_id
      where b.account_id = any ${held(whose.id)} and b.number > ${after} order by b.number limit 200`.execute(
      db
    );
    yield* rows;
    if (rows.length < 200) return;
    after = rows.at(-1)?.number ?? '';
  }
}
