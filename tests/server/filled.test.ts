/**
 * The plans of everything that pages and jobs ask, on a database that is full: nothing reads a large table whole. Every
 * page's `load` is called for everybody who may see it, every job is run, and what they asked is explained as it is
 * planned in use: once, for whatever it is asked with.
 */
import { isHttpError, isRedirect } from '@sveltejs/kit';
import pg from 'pg';
import { afterAll, expect, test, vi } from 'vitest';
import { system, type PersonActor, type Role } from '#lib/platform/actor.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { Batch } from '#lib/platform/server/batch.ts';
import { LiteralCompiler } from '#lib/platform/server/compiler.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { freshDatabase } from '../support/database.ts';
import { billOfCustomer, fillDatabase, ids, large } from '../support/filled.ts';
import { throwAwayFolder } from '../support/folder.ts';
import { makersOn } from '../support/makers.ts';
import { wholeReads, type Plan } from '../support/plans.ts';

vi.mock('$app/env', () => ({ dev: false }));

const urls = await freshDatabase();
const { sql } = await makersOn(urls.owner);
await publish(urls.owner, serviceTypes);
await fillDatabase({ sql });

// Pages open pools of their own, where the process says the database is.
const { config } = await import('#lib/platform/server/config.ts');
config.databaseUrl = urls.web;
config.authDatabaseUrl = urls.auth;
const web = openDatabase(urls.web, 'hearth_web');
const worker = openDatabase(urls.worker, 'hearth_worker');
const folder = throwAwayFolder();
afterAll(() => folder.remove());
const explaining = new pg.Client({ connectionString: urls.owner });
await explaining.connect();
afterAll(async () => {
  const { hub } = await import('#lib/requests/server/live.ts');
  const { closeRuntime } = await import('#lib/platform/server/runtime.ts');
  const { closeAuth } = await import('#lib/people/server/runtime.ts');
  hub.stop();
  await Promise.all([closeRuntime(), closeAuth(), web.close(), worker.close(), explaining.end()]);
});

/** Every statement that was asked since the last look. */
const asked = new Set<string>();
const compile = LiteralCompiler.prototype.compileQuery;
vi.spyOn(LiteralCompiler.prototype, 'compileQuery').mockImplementation(function (
  this: LiteralCompiler,
  ...given
) {
  const query = compile.apply(this, given);
  asked.add(query.sql);
  return query;
});

const [own] = await sql<{ reference: string }>(
  `select reference from request where requester_id = $1 and status = 'open' or requester_id = $1 limit 1`,
  [ids.customer]
);
const [ofTeam] = await sql<{ reference: string }>(
  `select reference from request where team_id = $1 and status = 'open' limit 1`,
  [ids.team]
);

const pages = import.meta.glob<{ load?: (event: unknown) => unknown }>(
  '../../src/routes/**/+{page,layout}.server.ts'
);
const everybody: Role[] = ['customer', 'agent', 'supervisor', 'admin'];
/** What addresses ask beside their path. */
const queries: Record<string, string[]> = {
  '(queue)/+layout.server.ts': [
    ...['mine', 'unassigned', 'team', 'all', 'waiting', 'overdue'].map((queue) => `?queue=${queue}`),
    '?queue=all&search=boiler',
    `?queue=all&after=6~2027-03-09T08:00:00.000000Z~${ids.customer}`
  ],
  'desk/requests/new/+page.server.ts': ['', `?customer=${ids.customer}&type=GENERAL`],
  'desk/staff/+page.server.ts': ['', '?search=staff']
};

test.each(Object.keys(pages))('%s reads no large table whole', { timeout: 60_000 }, async (file) => {
  const { load } = (await pages[file]?.()) ?? {};
  if (!load) return;
  const ending = Object.keys(queries).find((each) => file.endsWith(each)) ?? '';
  for (const role of everybody)
    for (const query of queries[ending] ?? ['']) {
      asked.clear();
      await loadAs(role, file, query, load);
      expect([role, query, await readWhole('hearth_web', 'hearth_auth')]).toEqual([role, query, []]);
    }
});

const files = import.meta.glob<{ GET?: (event: unknown) => unknown }>('../../src/routes/**/+server.ts');

/** What hands out everything there is, and is asked for by few. */
const whole = ['desk/emergencies/record.csv/+server.ts'];

test.each(Object.keys(files).filter((file) => !whole.some((each) => file.endsWith(each))))(
  '%s is handed out without reading a large table whole',
  async (file) => {
    const { GET } = (await files[file]?.()) ?? {};
    if (!GET) return;
    for (const role of everybody) {
      asked.clear();
      await loadAs(role, file, '', async (event) => {
        const answer = await GET(event);
        if (answer instanceof Response) await answer.text();
      });
      expect([role, await readWhole('hearth_web', 'hearth_auth')]).toEqual([role, []]);
    }
  }
);

/** What a plain view may ask at most, with who asks, and in how many trips: what was won once is not lost again. */
const budgets: [page: string, who: Role, statements: number, trips: number][] = [
  ['(home)/requests', 'customer', 2, 1],
  ['(home)/requests/[reference]', 'customer', 10, 1]
];

test.each(budgets)(
  '%s asks, for a %s, %i statements at most, in %i trips',
  async (page, who, most, trips) => {
    const file = `../../src/routes/${page}/+page.server.ts`;
    const load = (await pages[file]?.())?.load ?? (() => expect.unreachable());
    // Once before: what the process learns for good, and what is new to the reader, is not counted.
    await loadAs(who, file, '', load);
    // The process looks for news by itself, which only ever adds: the least of several views is the page's own.
    const views = [];
    for (let view = 0; view < 5; view++) {
      const sent = vi.spyOn(Batch.prototype, 'submit');
      await loadAs(who, file, '', load);
      const batches = (sent.mock.contexts as Batch[]).map(({ statements }) => statements.length);
      sent.mockRestore();
      views.push({ trips: batches.length, statements: batches.reduce((sum, each) => sum + each, 0) });
    }
    expect(Math.min(...views.map(({ statements }) => statements))).toBeLessThanOrEqual(most);
    expect(Math.min(...views.map((view) => view.trips))).toBeLessThanOrEqual(trips);
  }
);

/** What pages have the database look up on their behalf: its statements are its own, and only what they read can be seen. */
const lookedUp: [role: string, string, unknown[]][] = [
  [
    'hearth_web',
    `select place_in_line(id, 50) from request where team_id = $1 and status = 'submitted' limit 3`,
    [ids.team]
  ],
  ['hearth_web', `select newest from emergency_pulse(60, 120, 30)`, []],
  ...['holder', 'Holder 77', 'Mill zzzz', 'Holdre'].map((typed): (typeof lookedUp)[number] => [
    'hearth_web',
    `select account_id from accounts_said('', $1, 8)`,
    [typed]
  ]),
  ['hearth_worker', `select plan_slots('America/New_York', 28)`, []],
  ['hearth_worker', `select request_id from return_abandoned_chats(make_interval(secs => 60))`, []]
];

test.each(lookedUp)('%s: %s reads no large table whole', async (role, statement, values) => {
  const rowsRead = async () => {
    const { rows } = await explaining.query<{ read: number }>(
      `select sum(seq_tup_read)::int as read from pg_stat_xact_user_tables where relname = any ($1)`,
      [large]
    );
    return rows[0]?.read;
  };
  await explaining.query('begin');
  await explaining.query(`set local role ${role}`);
  await explaining.query(`set local plan_cache_mode = force_generic_plan`);
  await explaining.query(
    `select set_config('app.person', $1, true), set_config('app.role', 'supervisor', true)`,
    [ids.supervisor]
  );
  const before = await rowsRead();
  await explaining.query(statement, values);
  expect(await rowsRead()).toBe(before);
  await explaining.query('rollback');
});

test('no job that comes by regularly reads a large table whole', { timeout: 60_000 }, async () => {
  const { allJobs, timetable } = await import('../../bin/work.ts');
  const { press } = await import('#lib/platform/server/runtime.ts');
  const post = { send: async () => {}, close: () => {} };
  const jobs = allJobs(
    { post, alarms: post, press, texts: null },
    { ...config, dataDir: folder.path, demo: true }
  );
  // The last comes by thrice a minute, called by another.
  for (const name of [...Object.keys(timetable), 'chat.give_back'] as (keyof typeof jobs)[]) {
    asked.clear();
    await jobs[name](worker.as(system), {} as never);
    expect([name, await readWhole('hearth_worker')]).toEqual([name, []]);
  }
});

/** Opens a page as it is opened in use; that it leads elsewhere or is refused is an answer too. */
async function loadAs(role: Role, file: string, query: string, load: (event: unknown) => unknown) {
  const actor: PersonActor = {
    kind: 'person',
    id: ids[role],
    role,
    team: role === 'customer' ? null : ids.team
  };
  const reference = role === 'customer' ? own?.reference : ofTeam?.reference;
  const params = {
    reference: file.includes('/payments/') ? 'P-00000007' : reference,
    slug: 'moving-in',
    code: 'GENERAL',
    number: billOfCustomer,
    kind: 'arrangement',
    token: 'nobody-knows-it',
    account: '10000007',
    member: ids.agent,
    id: file.includes('customers') ? ids.customer : file.includes('teams') ? ids.team : ids.agent
  };
  const nothing = () => {};
  try {
    await load({
      ...{ params, depends: nothing, setHeaders: nothing, untrack: (read: () => unknown) => read() },
      ...{ url: new URL(`http://hearth.example/${query}`), route: { id: file }, isDataRequest: false },
      request: new Request('http://hearth.example/'),
      getClientAddress: () => '203.0.113.7',
      cookies: { get: nothing, getAll: () => [], set: nothing, delete: nothing },
      parent: async () => ({}),
      locals: {
        ...{ db: web.as(actor), actor, locale: 'en', t: wordsFor('en') },
        person: {
          ...actor,
          name: 'Ada Brook',
          email: 'c7@customer.example',
          locale: 'en',
          twoFactorEnabled: true,
          session: ids.account
        }
      }
    });
  } catch (thrown) {
    if (!isRedirect(thrown) && !isHttpError(thrown) && !(thrown instanceof Refusal)) throw thrown;
  }
}

/** What of the statements just asked would read a large table whole, under the role that may ask it. */
async function readWhole(...roles: string[]) {
  const found: string[] = [];
  for (const statement of asked) {
    if (!/^\s*(select|insert|update|delete|with)\b/i.test(statement)) continue;
    const plan = await planOf(statement, roles);
    found.push(...wholeReads(plan, large).map((read) => `${read}: ${statement.slice(0, 300)}`));
  }
  return found;
}

async function planOf(statement: string, [role = '', ...others]: string[]): Promise<Plan> {
  await explaining.query('begin');
  try {
    await explaining.query(`set local role ${role}`);
    const { rows } = await explaining.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `explain (generic_plan, format json) ${statement}`
    );
    if (!rows[0]) throw new Error('nothing was explained');
    return rows[0]['QUERY PLAN'][0].Plan;
  } catch (problem) {
    if (others.length === 0) throw problem;
  } finally {
    await explaining.query('rollback');
  }
  return planOf(statement, others);
}
