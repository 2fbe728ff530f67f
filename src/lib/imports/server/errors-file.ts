/** The file beside a file that says what is wrong with it, to be opened in the same spreadsheet. */
import { rm, writeFile } from 'node:fs/promises';
import { writeCsv } from '#lib/platform/csv.ts';
import type { Problems } from './file.ts';

/** `readings.csv` gets `readings.errors.csv`; one of an earlier try goes when there is nothing wrong any more. */
export async function writeErrors(path: string, { told, count }: Problems): Promise<string | null> {
  const errors = path.replace(/(\.csv)?$/i, '.errors.csv');
  if (count === 0) {
    await rm(errors, { force: true });
    return null;
  }
  const more =
    count > told.length ? [['', '', `And ${count - told.length} more problems, which are not listed.`]] : [];
  await writeFile(
    errors,
    writeCsv([
      ['row', 'column', 'reason'],
      ...told.map(({ row, column, reason }) => [row, column, reason]),
      ...more
    ])
  );
  return errors;
}
