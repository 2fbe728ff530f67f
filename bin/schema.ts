/** Writes `db/schema.sql` (to be read) and `db/tables.ts` (to be compiled) from a database that has every migration. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { describeSchema } from '#lib/platform/server/schema.ts';

const root = join(import.meta.dirname, '..');
const url = process.argv[2] ?? process.env['DATABASE_URL'];
if (!url) {
  process.stderr.write('Say which database: npm run schema -- postgres://…\n');
  process.exit(2);
}

const client = new pg.Client({ connectionString: url });
await client.connect();
writeFileSync(join(root, 'db/schema.sql'), await describeSchema(client));
await client.end();

const tables = join(root, 'db/tables.ts');
execFileSync(join(root, 'node_modules/.bin/kysely-codegen'), [
  ...['--url', url, '--dialect', 'postgres', '--date-parser', 'string', '--out-file', tables],
  ...['--include-pattern', 'public.*', '--exclude-pattern', 'public.migration', '--log-level', 'error']
]);
writeFileSync(tables, withOurTypes(readFileSync(tables, 'utf8')));

/** A column with a closed list takes its type from the rule that names the list, so the two cannot part company. */
function withOurTypes(generated: string) {
  const ours: [table: string, column: string, type: string, from: string][] = [
    ['Attachment', 'kind', 'Kind', '../src/lib/requests/attachment.ts'],
    ['Attachment', 'preview', 'Preview', '../src/lib/requests/attachment.ts'],
    ['Attachment', 'scan', 'Scan', '../src/lib/requests/attachment.ts'],
    ['Attachment', 'state', 'AttachmentState', '../src/lib/requests/attachment.ts'],
    ['Attachment', 'visibility', 'Visibility', '../src/lib/requests/timeline.ts'],
    ['Person', 'role', 'Role', '../src/lib/platform/actor.ts'],
    ['Emergency', 'status', 'EmergencyStatus', '../src/lib/emergencies/life.ts'],
    ['Request', 'status', 'Status', '../src/lib/requests/status.ts'],
    ['RequestEvent', 'kind', 'EventKind', '../src/lib/requests/timeline.ts'],
    ['RequestEvent', 'visibility', 'Visibility', '../src/lib/requests/timeline.ts']
  ];
  const imports = new Set(ours.map(([, , type, from]) => `import type { ${type} } from '${from}';\n`));
  const typed = ours.reduce((text, [table, column, type]) => {
    const place = new RegExp(`(export interface ${table} \\{[^}]*?\\n  ${column}: )((?:Generated<)?)string`);
    if (!place.test(text)) throw new Error(`There is no text column ${table}.${column} any more.`);
    return text.replace(place, `$1$2${type}`);
  }, generated);
  // `infinity` stands for "never" and is read as nothing; the queue needs it to sort by.
  const never = typed.replace('due_at: Generated<Timestamp>;', 'due_at: Generated<Timestamp | null>;');
  return never.replace('import type { ColumnType }', `${[...imports].join('')}import type { ColumnType }`);
}
