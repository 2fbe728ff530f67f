/** SQL that somebody has slipped into a page: what each login can do with it, and above all what it cannot. */
import { afterAll, expect, test } from 'vitest';
import pg from 'pg';
import { migrate } from '#lib/platform/server/migrate.ts';
import { freshDatabase } from '../support/database.ts';
import { makersOn, type Somebody } from '../support/makers.ts';

const urls = await freshDatabase();
// What belongs to a database as a whole does not come with its template.
await migrate(urls.owner);
const { sql, aPerson, aRequest } = await makersOn(urls.owner);

const [ada, eve, grace] = [await aPerson(), await aPerson(), await aPerson('agent')];
const own = await aRequest(ada);
const foreign = await aRequest(eve);
const [account] = await sql<{ id: string }>(
  `insert into account (number, holder) values ('10000009', 'Eve') returning id`
);
const [home] = await sql<{ id: string }>(
  `insert into premises (account_id, line, town, postcode) values ($1, '1 Mill Lane', 'Northgate', '12345') returning id`,
  [account?.id]
);
await sql(
  `insert into account_member (account_id, person_id, kind, scope) values ($1, $2, 'holder', 'act')`,
  [account?.id, eve.id]
);
await sql(
  `insert into promise (request_id, kind, minutes, due_at) values ($1, 'first_response', 60, now() + interval '1 hour')`,
  [own.id]
);
await sql(
  `insert into sign_in_method (person_id, provider_id, account_id, password) values ($1, 'credential', $2, 'hash')`,
  [ada.id, ada.id]
);

const roles = { web: 'hearth_web', auth: 'hearth_auth', worker: 'hearth_worker' } as const;
type Login = keyof typeof roles;
const logins: Login[] = ['web', 'auth', 'worker'];
const clients = Object.fromEntries(
  await Promise.all(
    logins.map(async (login) => {
      const client = new pg.Client({ connectionString: urls[login], options: `-c role=${roles[login]}` });
      await client.connect();
      return [login, client] as const;
    })
  )
) as Record<Login, pg.Client>;
afterAll(() => Promise.all(Object.values(clients).map((client) => client.end())));

const others = logins.flatMap((login) =>
  ['hearth', ...Object.values(roles).filter((role) => role !== roles[login])].map(
    (role) => [login, role] as const
  )
);

test.each(others)('the login of %s cannot become %s', async (login, role) => {
  const become = `select set_config('role', '${role}', false)`;
  expect(await denied(login, become)).toMatch(/permission denied|does not exist/);
  expect(await denied(login, `set role none; ${become}`)).toMatch(/permission denied|does not exist/);
  expect(await denied(login, `set session authorization ${role}`)).toMatch(
    /permission denied|does not exist/
  );
});

test.each(logins)('without its role the login of %s reads nothing', async (login) => {
  expect(await denied(login, 'set role none; select count(*) from person')).toMatch(/permission denied/);
});

test.each([
  ['web', 'select password from sign_in_method'],
  ['web', 'select token from sign_in_session'],
  ['web', 'select * from second_factor'],
  ['web', 'select * from verification'],
  ['worker', 'select password from sign_in_method'],
  ['auth', 'select * from request'],
  ['auth', 'select * from message'],
  ['auth', 'select * from attachment'],
  ['web', 'select * from graphile_worker._private_jobs'],
  ['web', 'create temporary table mine ()'],
  ['worker', 'create temporary table mine ()'],
  ['auth', 'create table mine ()'],
  ['web', 'create function mine() returns int language sql as $$ select 1 $$'],
  ['web', "select lo_from_bytea(0, 'x')"],
  ['web', "copy person to program 'cat'"],
  ['web', "select pg_read_file('/etc/passwd')"],
  ['web', 'alter table request disable row level security'],
  ['web', 'set session_replication_role = replica'],
  ['web', 'delete from request_event'],
  ['web', "update message set text = 'other'"],
  ['web', 'truncate audit_entry']
] as const)('%s is refused: %s', async (login, statement) => {
  expect(await denied(login, statement, grace)).toMatch(/permission denied|must be owner/);
});

test('nobody writes at another time than now', async () => {
  const late = "now() - interval '1 year'";
  for (const statement of [
    `insert into request_event (request_id, kind, actor_role, at) values ('${own.id}', 'details', '', ${late})`,
    `insert into message (request_id, author_role, visibility, text, at) values ('${own.id}', '', 'public', 'x', ${late})`,
    `insert into audit_entry (actor_id, actor_role, action, subject_kind, at) values (app_person(), app_role(), 'x', 'x', ${late})`
  ])
    expect([statement, await denied('web', statement, ada)]).toEqual([
      statement,
      expect.stringMatching(/permission denied/)
    ]);
  expect(
    await denied(
      'worker',
      `insert into request_event (request_id, kind, actor_role, at) values ('${own.id}', 'promise', '', ${late})`
    )
  ).toMatch(/permission denied/);
});

test('nobody signs with another name', async () => {
  await allowed(
    'web',
    `insert into request_event (request_id, number, kind, actor_role) values ('${own.id}', 1, 'details', 'admin')`,
    ada
  );
  const [event] = await sql(
    `select actor_id, actor_role from request_event where request_id = $1 order by number desc limit 1`,
    [own.id]
  );
  expect(event).toEqual({ actor_id: ada.id, actor_role: 'customer' });
  const audit = (id: string, role: string) =>
    `insert into audit_entry (actor_id, actor_role, action, subject_kind) values ('${id}', '${role}', 'x', 'x')`;
  expect(await denied('web', audit(grace.id, 'agent'), ada)).toMatch(/row-level security/);
  expect(await denied('web', audit(ada.id, 'admin'), ada)).toMatch(/row-level security/);
});

const asking = (columns: string, values: string) =>
  `insert into request (reference, requester_id, service_type, service_version, description, channel, priority, ${columns})
   values ('ABCD-2345', app_person(), 'BILL-QUESTION', 1, 'x', 'web', 3, ${values})`;

test('nobody asks for a home that is not theirs', async () => {
  expect(await denied('web', asking('premises_id', `'${home?.id}'`), ada)).toMatch(/row-level security/);
  expect(
    await denied('web', asking('premises_id, account_id', `'${home?.id}', '${account?.id}'`), ada)
  ).toMatch(/row-level security/);
  await allowed('web', asking('premises_id, account_id', `'${home?.id}', '${account?.id}'`), eve);
});

test('no customer comes first by saying that it is late', async () => {
  const refused = /starts no clock|nothing due|late when|due when a promise/;
  const past = "now() - interval '1 day'";
  for (const statement of [
    asking('due_at', past),
    `update request set due_at = ${past} where id = '${own.id}'`,
    `update promise set due_at = ${past} where request_id = '${own.id}'`,
    `update promise set minutes = 1 where request_id = '${own.id}'`,
    `insert into promise (request_id, kind, minutes, due_at) values ('${own.id}', 'next_response', 1, ${past})`
  ])
    expect([statement, await denied('web', statement, ada)]).toEqual([
      statement,
      expect.stringMatching(refused)
    ]);
  expect(
    await denied('web', `update request set submitted_at = ${past} where id = '${own.id}'`, ada)
  ).toMatch(/permission denied/);
});

test('who has said nothing of who they are sees nobody and nothing', async () => {
  const tables = [
    'person',
    'account',
    'account_member',
    'premises',
    'meter',
    'request',
    'request_reference',
    'request_event',
    'message'
  ];
  for (const table of [
    ...tables,
    'attachment',
    'draft',
    'promise',
    'emergency',
    'audit_entry',
    'letter',
    'submission',
    'opening'
  ])
    expect([table, (await allowed('web', `select * from ${table}`)).length]).toEqual([table, 0]);
});

test('a customer sees what is theirs', async () => {
  expect(await allowed('web', 'select id from request order by id', ada)).toEqual([{ id: own.id }]);
  expect(
    await allowed('web', `select * from request_reference where reference = '${foreign.reference}'`, ada)
  ).toEqual([]);
});

test('who has found a request reads its parts, in that transaction, and no other’s', async () => {
  await sql(
    `insert into request_event (request_id, kind, actor_role) values ($1, 'submitted', 'customer'), ($2, 'submitted', 'customer') on conflict do nothing`,
    [own.id, foreign.id]
  );
  await sql(
    `insert into wait_estimate (request_id, awaits, service_type, said)
     select id, 'resolution', service_type, '' from request where id in ($1, $2)`,
    [own.id, foreign.id]
  );
  const client = clients.web;
  const find = async ({ reference }: { reference: string }) =>
    (
      await client.query(
        `select set_config('app.request', r.id::text, true)
         from request_reference f join request r on r.id = f.request_id where f.reference = $1`,
        [reference]
      )
    ).rowCount;
  const read = async () => {
    const { rows } = await client.query<{ of: string }>(
      `select request_id as of from request_event union select request_id from promise
       union select request_id from message union select request_id from attachment
       union select request_id from wait_estimate`
    );
    return rows.map(({ of }) => of);
  };
  await client.query('begin');
  await client.query(`select set_config('app.person', $1, true), set_config('app.role', 'customer', true)`, [
    ada.id
  ]);
  expect([await find(foreign), await read()]).toEqual([0, [own.id]]);
  expect([await find(own), await read()]).toEqual([1, [own.id]]);
  expect([await find(foreign), await read()]).toEqual([0, [own.id]]);
  await client.query('commit');
  expect(await read()).toEqual([]);
  const { rows } = await client.query(`select app_request() as request`);
  expect(rows).toEqual([{ request: null }]);
});

test('what runs with the owner’s rights is called by nobody who was not named', async () => {
  const open = await sql(
    `select p.oid::regprocedure::text as name from pg_proc p
     where p.pronamespace = 'public'::regnamespace and p.prosecdef and p.prorettype <> 'trigger'::regtype
       and exists (select 1 from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee = 0)`
  );
  expect(open).toEqual([]);
});

/** What the statement gives, in a transaction that is taken back. */
async function allowed(login: Login, statement: string, who?: Somebody): Promise<unknown[]> {
  const client = clients[login];
  await client.query('begin');
  try {
    if (who)
      await client.query(`select set_config('app.person', $1, true), set_config('app.role', $2, true)`, [
        who.id,
        who.role
      ]);
    const { rows } = await client.query(statement);
    if (/^insert/.test(statement)) await client.query('commit');
    return rows;
  } finally {
    await client.query('rollback');
    await client.query(`set role ${roles[login]}`);
  }
}

/** With which words the database refuses it. */
const denied = (login: Login, statement: string, who?: Somebody) =>
  allowed(login, statement, who).then(
    () => 'it was done',
    (error: Error) => error.message
  );
