/** One file on its way: read as a stream, row by row, and copied into its staging table. Memory does not grow with it. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type Kind, kinds } from '../kinds.ts';
import { delimiterOf, isRefused, type Problem, readerFor } from '../rows.ts';
import type { Report } from '#lib/platform/server/progress.ts';

/** More than this many problems of one file help nobody: the rest is counted only. */
export const mostProblems = 10_000;

/** The problems of a file: those that are told, and how many there are. */
export class Problems {
  readonly told: Problem[] = [];
  count = 0;

  add(...problems: readonly Problem[]) {
    this.count += problems.length;
    for (const problem of problems) if (this.told.length < mostProblems) this.told.push(problem);
  }
}

/** Copies the rows that can be read into `staged`, which has a column for each of the kind's, after the row's number. */
export async function stage(
  client: pg.ClientBase,
  { kind, path, staged }: { kind: Kind; path: string; staged: string },
  problems: Problems,
  report: Report
): Promise<number> {
  const header = await headerOf(path);
  if ('reason' in header) {
    problems.add({ row: 1, column: '', reason: header.reason });
    return 0;
  }
  const names = kinds[kind].map(({ name }) => name).join(', ');
  const { size } = await stat(path);
  let done = 0;
  const counted = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      report((done += chunk.length), size);
      yield chunk;
    }
  };
  const seen = { rows: 0 };
  await pipeline(
    createReadStream(path),
    counted,
    parserFor(header.delimiter, problems, seen),
    (records: AsyncIterable<string[]>) => asCopyText(kind, records, problems),
    client.query(copyFrom(`copy ${staged} (row, ${names}) from stdin`))
  );
  return Math.max(seen.rows - 1, 0);
}

/** Puts its number before each row. Counts itself, those too that it cannot read, so that a row is found again in a spreadsheet. */
function parserFor(delimiter: string, problems: Problems, seen: { rows: number }): Transform {
  let brokenLine = 0;
  return parse({
    bom: true,
    delimiter,
    trim: true,
    relax_column_count: true,
    skip_records_with_error: true,
    max_record_size: 100_000,
    on_record: (cells: string[]) => [String(++seen.rows), ...cells],
    on_skip: (error) => {
      // Each quotation mark of a broken row is told: once is enough.
      const line = Number(error?.lines);
      if (line === brokenLine) return undefined;
      brokenLine = line;
      problems.add({ row: ++seen.rows, column: '', reason: unreadable });
      return undefined;
    }
  });
}

const unreadable =
  'Cannot be read: a quotation mark is missing or too many, or it is very long. Rows below it may hide in it.';

async function* asCopyText(kind: Kind, records: AsyncIterable<string[]>, problems: Problems) {
  let read: ReturnType<typeof readerFor> | null = null;
  let text = '';
  for await (const [number, ...cells] of records) {
    const row = Number(number);
    if (!read) {
      read = readerFor(kind, cells);
      if (typeof read === 'function') continue;
      problems.add(...read.reasons.map((reason) => ({ row, column: '', reason })));
    }
    if (typeof read !== 'function' || (cells.length === 1 && cells[0] === '')) continue;
    const values = read(cells, row);
    if (isRefused(values)) {
      problems.add(...values);
      continue;
    }
    text += `${row}\t${values.map(copied).join('\t')}\n`;
    if (text.length < 65_536) continue;
    yield text;
    text = '';
  }
  if (!read) problems.add({ row: 1, column: '', reason: 'The file is empty: it has no header.' });
  if (text) yield text;
}

// Control characters do not get here, so only the sign that escapes needs escaping.
const copied = (value: string | null) => (value === null ? '\\N' : value.replaceAll('\\', '\\\\'));

async function headerOf(path: string): Promise<{ reason: string } | { delimiter: string }> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16_384), 0, 16_384, 0);
    const start = buffer.subarray(0, bytesRead);
    if (start.includes(0))
      return { reason: `${basename(path)} is not a text in UTF-8. Save the file as “CSV UTF-8”.` };
    return { delimiter: delimiterOf(start.toString('utf8').split(/[\r\n]/, 1)[0] ?? '') };
  } finally {
    await file.close();
  }
}
