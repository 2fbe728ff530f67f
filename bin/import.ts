/** Brings files of the utility's own systems in. docs/operations.md says which columns they have. */
import './own-node.ts';
import { parseArgs } from 'node:util';
import { writeClaimCodes } from '#lib/accounts/server/claim-codes.ts';
import { kindOf } from '#lib/imports/kinds.ts';
import { writeErrors } from '#lib/imports/server/errors-file.ts';
import { importFiles, type Outcome, type Source } from '#lib/imports/server/run.ts';
import { papersIn } from '#lib/billing/server/bill-papers.ts';
import { config } from '#lib/platform/server/config.ts';
import { step } from '#lib/platform/server/progress.ts';
import { borrowDatabase } from '#lib/postgres/server/database-server.ts';

const usage = `How to use it (docs/operations.md says more):
  npm run import -- [--dry-run] [--codes claim-codes.csv] accounts.csv customers.csv premises.csv meters.csv readings.csv bills.csv bill-lines.csv payments.csv
`;

try {
  const { values, positionals } = parseArgs({
    options: { 'dry-run': { type: 'boolean', default: false }, codes: { type: 'string' } },
    allowPositionals: true
  });
  await run(positionals.map(source), { dryRun: values['dry-run'], codes: values.codes });
} catch (problem) {
  process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n`);
  process.exitCode = 1;
}

function source(path: string, nth: number, all: readonly string[]): Source {
  const kind = kindOf(path);
  if (!kind) throw new Error(`What is in ${path} cannot be told by its name.\n${usage}`);
  if (all.findIndex((other) => kindOf(other) === kind) !== nth)
    throw new Error(`There are two files of ${kind}. Bring them in one after the other.`);
  return { kind, path };
}

async function run(files: Source[], { dryRun, codes }: { dryRun: boolean; codes: string | undefined }) {
  if (!files.length && !codes) throw new Error(usage);
  const server = await borrowDatabase(config);
  try {
    if (files.length && !(await bringIn(server.urls.owner, files, dryRun))) return;
    if (!codes || dryRun) return;
    const count = await step('Writing codes', () => writeClaimCodes(server.urls.owner, config.secret, codes));
    say(`${count} accounts that nobody has claimed: their codes are in ${codes}. Guard it like letters.`);
  } finally {
    await server.stop();
  }
}

/** Whether all of it was kept. */
async function bringIn(url: string, files: Source[], dryRun: boolean) {
  const { kept, outcomes } = await importFiles(url, files, papersIn(config.dataDir), { dryRun });
  for (const outcome of outcomes) await tell(outcome);
  const wrong = outcomes.some(({ problems }) => problems.count);
  if (wrong) process.exitCode = 1;
  say(
    kept
      ? 'All of it is kept.'
      : wrong
        ? 'Nothing was changed. Mend the rows above, parents first, and try again.'
        : 'Nothing is wrong. This was a dry run: nothing was changed.'
  );
  return kept;
}

async function tell({ kind, path, rows, added, changed, problems }: Outcome) {
  const errors = await writeErrors(path, problems);
  const same = `${rows} rows, ${added} new, ${changed} changed`;
  say(errors ? `${kind}: ${rows} rows, ${problems.count} problems, see ${errors}` : `${kind}: ${same}`);
}

function say(sentence: string) {
  process.stdout.write(`${sentence}\n`);
}
