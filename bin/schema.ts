/** Writes `db/schema.sql` (to be read) and `db/tables.ts` (to be compiled): what the migrations make of an empty database. */
import './own-node.ts';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withConnection } from '#lib/platform/server/connection.ts';
import { step } from '#lib/platform/server/progress.ts';
import { describeSchema } from '#lib/platform/server/schema.ts';
import { startTestServer, withDatabase } from '../tests/support/server.ts';

const root = join(import.meta.dirname, '..');

if (import.meta.main) {
  // Always the embedded one, whatever DATABASE_URL names.
  const server = await step('Making a database', () => startTestServer({ outside: undefined }));
  try {
    const printed = await step('Printing its schema', () =>
      printSchema(withDatabase(server.urls.owner, server.template))
    );
    for (const [file, text] of Object.entries(printed)) writeFileSync(join(root, file), text);
  } finally {
    await server.stop();
  }
}

/** Both files, as they must be for this database. */
export async function printSchema(url: string) {
  return {
    'db/schema.sql': await withConnection(url, describeSchema),
    'db/tables.ts': withOurTypes(await tablesOf(url))
  };
}

async function tablesOf(url: string) {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-tables-'));
  const file = join(folder, 'tables.ts');
  try {
    await promisify(execFile)(process.execPath, [
      join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'),
      ...['--url', url, '--dialect', 'postgres', '--date-parser', 'string', '--out-file', file],
      ...['--include-pattern', 'public.*', '--exclude-pattern', 'public.migration', '--log-level', 'error']
    ]);
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A column with a closed list takes its type from the rule that names the list, so the two cannot part company. */
function withOurTypes(generated: string) {
  const ours: [table: string, column: string, type: string, from: string][] = [
    ['Attachment', 'kind', 'Kind', '../src/lib/files/limits.ts'],
    ['Attachment', 'preview', 'Preview', '../src/lib/files/limits.ts'],
    ['Attachment', 'scan', 'Scan', '../src/lib/files/limits.ts'],
    ['Attachment', 'state', 'AttachmentState', '../src/lib/files/limits.ts'],
    ['Attachment', 'visibility', 'Visibility', '../src/lib/events/visibility.ts'],
    ['Bill', 'unit', 'BilledUnit', '../src/lib/billing/bill.ts'],
    ['BillLine', 'code', 'LineCode', '../src/lib/billing/bill.ts'],
    ['BillLine', 'unit', 'LineUnit', '../src/lib/billing/bill.ts'],
    ['Payment', 'method', 'PaymentMethod', '../src/lib/billing/bill.ts'],
    ['NotedPayment', 'method', 'NotedMethod', '../src/lib/payments/noted.ts'],
    ['Payment', 'state', 'PaymentState', '../src/lib/billing/bill.ts'],
    ['PaymentAttempt', 'state', 'AttemptState', '../src/lib/billing/taking.ts'],
    ['PaymentAttempt', 'subject_kind', 'Payable', '../src/lib/payments/paying.ts'],
    ['PaymentAttempt', 'provider', 'ProviderName', '../src/lib/payments/paying.ts'],
    ['KeptCard', 'state', 'CardState', '../src/lib/billing/card.ts'],
    ['KeptCard', 'provider', 'ProviderName', '../src/lib/payments/paying.ts'],
    ['DemoCard', 'state', 'CardPageState', '../src/lib/billing/card.ts'],
    ['DemoCheckout', 'state', 'PageState', '../src/lib/payments/paying.ts'],
    ['Dunning', 'step', 'DunningStep', '../src/lib/programmes/dunning/ladder.ts'],
    ['DunningEvent', 'step', 'DunningStep', '../src/lib/programmes/dunning/ladder.ts'],
    ['Programme', 'kind', 'ProgrammeKind', '../src/lib/programmes/programme.ts'],
    ['Programme', 'state', 'ProgrammeState', '../src/lib/programmes/programme.ts'],
    ['Programme', 'method', 'AutopayMethod', '../src/lib/programmes/programme.ts'],
    ['ProgrammeEvent', 'what', 'ProgrammeDeed', '../src/lib/programmes/programme.ts'],
    ['ProgrammeEvent', 'by_whom', 'ByWhom', '../src/lib/programmes/programme.ts'],
    ['Meter', 'unit', 'MeterUnit', '../src/lib/accounts/reading.ts'],
    ['Reading', 'source', 'Source', '../src/lib/accounts/reading.ts'],
    ['Reading', 'state', 'ReadingState', '../src/lib/accounts/reading.ts'],
    ['Reading', 'why', 'Doubt', '../src/lib/accounts/reading.ts'],
    ['Invitation', 'role', 'StaffRole', '../src/lib/platform/actor.ts'],
    ['Person', 'role', 'Role', '../src/lib/platform/actor.ts'],
    ['Emergency', 'status', 'EmergencyStatus', '../src/lib/emergencies/life.ts'],
    ['Request', 'comes_first', 'ComesFirst', '../src/lib/sla/comes-first.ts'],
    ['Request', 'status', 'Status', '../src/lib/requests/status.ts'],
    ['RequestEvent', 'kind', 'EventKind', '../src/lib/requests/timeline.ts'],
    ['RequestEvent', 'visibility', 'Visibility', '../src/lib/events/visibility.ts'],
    ['CustomerOrder', 'status', 'OrderStatus', '../src/lib/orders/status.ts'],
    ['OrderEvent', 'kind', 'OrderEventKind', '../src/lib/orders/status.ts'],
    ['CustomerOrder', 'why', 'Why', '../src/lib/orders/status.ts'],
    ['CustomerOrder', 'paid_how', 'PaidHow', '../src/lib/orders/status.ts'],
    ['StockMove', 'kind', 'MoveKind', '../src/lib/orders/status.ts'],
    ['CylinderReturn', 'kind', 'ReturnKind', '../src/lib/orders/returns.ts'],
    ['RefillPlan', 'state', 'RefillState', '../src/lib/refills/rules.ts'],
    ['RefillTurn', 'outcome', 'TurnOutcome', '../src/lib/refills/rules.ts'],
    ['RefillTurn', 'why', 'Obstacle', '../src/lib/refills/rules.ts'],
    ['PrebuyMove', 'kind', 'PrebuyMoveKind', '../src/lib/prebuy/rules.ts'],
    ['Prebuy', 'state', 'PrebuyState', '../src/lib/prebuy/rules.ts'],
    ['Product', 'unit', 'Unit', '../src/lib/orders/cart.ts'],
    ['DataCopy', 'state', 'CopyState', '../src/lib/privacy/copy.ts']
  ];
  const imports = new Set(ours.map(([, , type, from]) => `import type { ${type} } from '${from}';\n`));
  const typed = ours.reduce((text, [table, column, type]) => {
    const place = new RegExp(`(export interface ${table} \\{[^}]*?\\n  ${column}: )((?:Generated<)?)string`);
    if (!place.test(text)) throw new Error(`There is no text column ${table}.${column} any more.`);
    return text.replace(place, `$1$2${type}`);
  }, generated);
  // `infinity` stands for "never" and is read as nothing; the queue needs it to sort by.
  const never = typed.replace(
    /(export interface Request \{[^}]*? due_at: Generated<Timestamp)>/,
    '$1 | null>'
  );
  return never.replace('import type { ColumnType }', `${[...imports].join('')}import type { ColumnType }`);
}
