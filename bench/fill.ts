/** Fills the benchmark's database by COPY, once, with a progress bar; it is kept for the next run. */
import { statfs } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { hashPassword } from '#lib/people/server/password.ts';
import { migrate } from '#lib/platform/server/migrate.ts';
import { step, type Report } from '#lib/platform/server/progress.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { publishArticles, shippedArticles } from '#lib/help/server/publish.ts';
import { fillAccounts } from './accounts.ts';
import * as data from './data.ts';

/** What every customer of the data set signs in with. */
export const benchPassword = 'Correct-horse-9';

export async function fill(owner: string) {
  await migrate(owner);
  await publish(owner, serviceTypes);
  await publishArticles(owner, shippedArticles());

  const client = new pg.Client({ connectionString: owner });
  await client.connect();
  try {
    const { rows } = await client.query<{ full: boolean }>('select exists (select 1 from person) as full');
    if (!rows[0]?.full) await load(client);
    await fillAccounts(client);
  } finally {
    await client.end();
  }
}

async function load(client: pg.Client) {
  await needRoom(client);
  const hash = await hashPassword(benchPassword);
  const { customers, requests, entries } = data.size;
  const codes = ['NEW-SVC', 'GENERAL', 'LPG-EXCH', 'BILL-HIGH', 'RELIGHT'];

  // What is loaded is consistent by construction; triggers and foreign keys are for what is not.
  await client.query('set session_replication_role = replica');
  await client.query('begin');
  for (const code of codes) {
    await client.query(
      `insert into service_type_version (code, version, definition)
       select code, 1, definition from service_type_version where code = $1 on conflict do nothing`,
      [code]
    );
  }
  for (let number = 1; number <= 4; number += 1) {
    const [id, name] = [data.teamId(number), `Team ${number}`];
    await client.query('insert into team (id, code, name) values ($1, $2, $3)', [id, `team-${number}`, name]);
  }
  await copy(
    client,
    'person (id, email, email_verified, name, role, team_id, two_factor_enabled)',
    customers,
    data.people()
  );
  const method = 'sign_in_method (id, person_id, provider_id, account_id, password)';
  await copy(client, method, customers, data.signInMethods(hash));
  const request = `request (id, reference, requester_id, service_type, service_version, description, channel, status,
    team_id, agent_id, priority, last_number, due_at, submitted_at, first_response_at, resolved_at, closed_at)`;
  await copy(client, request, requests, data.requests());
  const promise = 'promise (request_id, kind, minutes, state, started_at, due_at, ended_at)';
  await copy(client, promise, requests * 2, data.promises());
  await copy(client, 'request_reference (reference, request_id)', requests, data.references());
  const event = 'request_event (request_id, number, kind, visibility, actor_id, actor_role, at, payload)';
  await copy(client, event, requests * entries, data.events());
  const message = 'message (id, request_id, author_id, author_role, visibility, text, at)';
  await copy(client, message, requests * entries, data.messages());
  await client.query(`insert into words_due select id from request where status in ('submitted', 'open')`);
  await client.query('commit');
  await gatherWords(client);
  await step('Vacuuming', async () => {
    await client.query('vacuum analyze');
    await client.query('checkpoint');
  });
}

/** Looks first whether the disk holds it, by what a request and an entry have taken with their indexes, and the log of it. */
async function needRoom(client: pg.Client) {
  const { rows } = await client.query<{ folder: string; log: string }>(
    `select current_setting('data_directory') as folder, pg_size_bytes(current_setting('max_wal_size')) as log`
  );
  const { folder = '', log = '0' } = rows[0] ?? {};
  const needed = data.size.requests * (2500 + 450 * data.size.entries) + Number(log);
  const { bavail, bsize } = await statfs(folder);
  const gigabytes = (bytes: number) => `${Math.ceil(bytes / 1e9)} GB`;
  if (bavail * bsize < needed)
    throw new Error(
      `${data.size.requests} requests need ${gigabytes(needed)}; ${folder} has ${gigabytes(bavail * bsize)}.`
    );
}

/** What is open is found by its words. Gathered now, or the worker would be at it for the first minutes of measuring. */
function gatherWords(client: pg.Client) {
  return step('Gathering words', async (report) => {
    const due = await client.query<{ total: number }>('select count(*)::int as total from words_due');
    const total = due.rows[0]?.total ?? 0;
    for (let done = 0; ; report(done, total)) {
      const { rows } = await client.query<{ taken: number }>('select gather_request_words(500) as taken');
      if (!rows[0]?.taken) return;
      done += rows[0].taken;
    }
  });
}

/** Sends the lines in pieces of about 256 KB, as fast as the database takes them. */
function copy(client: pg.Client, table: string, total: number, lines: Iterable<string>) {
  return step(`Loading ${table.split(' ')[0]}`, async (report) => {
    const sink = client.query(copyFrom(`copy ${table} from stdin`));
    await pipeline(Readable.from(pieces(lines, total, report), { objectMode: false }), sink);
  });
}

function* pieces(lines: Iterable<string>, total: number, report: Report) {
  let piece = '';
  let done = 0;
  for (const line of lines) {
    piece += line;
    done += 1;
    if (piece.length < 262_144) continue;
    yield piece;
    piece = '';
    report(done, total);
  }
  yield piece;
}
