/** What is committed to be read and compiled is what the migrations make. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { printSchema } from '../../bin/schema.ts';
import { freshDatabase } from '../support/database.ts';

const project = resolve(import.meta.dirname, '../..');
const { owner } = await freshDatabase();

test('db/schema.sql and db/tables.ts are as `npm run schema` writes them', { timeout: 180_000 }, async () => {
  for (const [file, text] of Object.entries(await printSchema(owner))) {
    expect(text, `${file} is not what the migrations make: npm run schema`).toBe(
      readFileSync(join(project, file), 'utf8')
    );
  }
});
