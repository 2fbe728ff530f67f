/** Brings files from the utility's own systems in: all of them or nothing, in one transaction. */
import type pg from 'pg';
import type { Storage } from '#lib/files/server/storage.ts';
import { withConnection } from '#lib/platform/server/connection.ts';
import { step } from '#lib/platform/server/progress.ts';
import { inOrder, type Kind, kinds } from '../kinds.ts';
import { Problems, stage } from './file.ts';
import { sweepPapers, takePapers, type Taken } from './papers.ts';
import { addUp, check, gather, refusedOf, stagedOf, write } from './staged.ts';

export interface Source {
  kind: Kind;
  path: string;
}

export interface Outcome extends Source {
  rows: number;
  added: number;
  changed: number;
  problems: Problems;
}

/**
 * `url` must be the owner's. Nothing is kept where any row of any file is refused, nor in a dry run. `papers` is where the
 * papers of bills lie.
 */
export async function importFiles(
  url: string,
  files: readonly Source[],
  papers: Storage,
  { dryRun = false } = {}
): Promise<{ kept: boolean; outcomes: Outcome[] }> {
  const sorted = [...files].sort((a, b) => inOrder.indexOf(a.kind) - inOrder.indexOf(b.kind));
  return withConnection(url, async (client) => {
    await client.query('begin');
    // One at a time: two would wait for each other's rows. Killed, it is rolled back by the server.
    await client.query(`select pg_advisory_xact_lock(hashtext('hearth import'))`);
    await sweepPapers(client, papers);
    const outcomes: Outcome[] = [];
    for (const file of sorted) outcomes.push(await bringIn(client, file));
    const bills = outcomes.find(({ kind }) => kind === 'bills');
    const taken = bills ? await bringPapers(client, bills, papers, dryRun) : null;
    const came = sorted.map(({ kind }) => kind);
    if (came.some((kind) => kind === 'bills' || kind === 'bill-lines'))
      await step('Adding up bills', () => addUp(client, came));
    for (const { kind, problems } of outcomes) await gather(client, kind, problems);

    const kept = !dryRun && outcomes.every(({ problems }) => problems.count === 0);
    await step(kept ? 'Keeping all of it' : 'Putting everything back', () =>
      client.query(kept ? 'commit' : 'rollback')
    );
    for (const id of (kept ? taken?.replaced : taken?.added) ?? []) await papers.remove(id);
    return { kept, outcomes };
  });
}

/** The papers of bills; those that are none are problems of their rows. */
async function bringPapers(
  client: pg.Client,
  bills: Outcome,
  papers: Storage,
  dryRun: boolean
): Promise<Taken> {
  const taken = await step('Taking papers of bills', () =>
    takePapers(client, bills.path, papers, { dryRun })
  );
  bills.problems.add(...taken.problems);
  return taken;
}

async function bringIn(client: pg.Client, { kind, path }: Source): Promise<Outcome> {
  const staged = stagedOf(kind);
  const columns = kinds[kind].map(({ name, type }) => `${name} ${type}`).join(', ');
  await client.query(
    `create temporary table ${staged} (row integer, ${columns}) on commit drop;
     create temporary table ${refusedOf(kind)} (row integer, name text, reason text) on commit drop`
  );
  const problems = new Problems();
  const rows = await step(`Reading ${kind}`, (report) =>
    stage(client, { kind, path, staged }, problems, report)
  );
  await step(`Checking ${kind}`, () => check(client, kind));
  const { added, changed } = await step(`Writing ${kind}`, () => write(client, kind));
  return { kind, path, rows, added, changed, problems };
}
