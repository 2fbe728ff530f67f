/** The whole schema as it stands, told by the database itself, in an order that a person can read. */
import type pg from 'pg';

/** The public schema as SQL text: functions, tables with all that belongs to them, and who may do what. */
export async function describeSchema(client: pg.ClientBase): Promise<string> {
  const functions = await texts(client, everyFunction);
  const { rows: tables } = await client.query<{ oid: number; name: string }>(everyTable);
  const parts: string[] = [];
  for (const { oid, name } of tables) parts.push(await describeTable(client, oid, name));

  return (
    [
      '-- The schema as it stands. Printed by `npm run schema`; meant to be read, never run. Migrations make it.',
      ...parts,
      '-- Functions',
      ...functions.map((text) => `${text.trim()};`)
    ].join('\n\n') + '\n'
  );
}

async function describeTable(client: pg.ClientBase, oid: number, name: string) {
  const lines = [...(await texts(client, columnsOf, oid)), ...(await texts(client, constraintsOf, oid))];
  const rest = [
    ...(await texts(client, indexesOf, oid)),
    ...(await texts(client, triggersOf, oid)),
    ...(await texts(client, policiesOf, oid)),
    ...(await texts(client, grantsOf, oid))
  ];
  return [
    `create table ${name} (\n${lines.map((line) => `  ${line}`).join(',\n')}\n);`,
    ...rest.map((line) => `${line};`)
  ].join('\n');
}

async function texts(client: pg.ClientBase, query: string, oid?: number): Promise<string[]> {
  const { rows } = await client.query<{ text: string }>(query, oid === undefined ? [] : [oid]);
  return rows.map((row) => row.text);
}

const everyTable = `
  select c.oid, c.relname as name from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'migration'
  order by c.relname`;

const columnsOf = `
  select format('%s %s%s%s', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
    case when a.attnotnull then ' not null' else '' end,
    case when a.attidentity <> '' then ' generated always as identity'
         when a.attgenerated <> '' then format(' generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
         when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end) as text
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped
  order by a.attnum`;

// PostgreSQL 18 lists not-null constraints too ('n'); they stand with their columns already.
const constraintsOf = `
  select pg_get_constraintdef(oid) as text from pg_constraint
  where conrelid = $1 and contype in ('p', 'u', 'f', 'c', 'x')
  order by array_position(array['p', 'u', 'f', 'c', 'x']::"char"[], contype), conname`;

const indexesOf = `
  select pg_get_indexdef(i.indexrelid) as text from pg_index i
  where i.indrelid = $1 and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)
  order by i.indexrelid::regclass::text`;

const triggersOf = `
  select pg_get_triggerdef(oid) as text from pg_trigger where tgrelid = $1 and not tgisinternal order by tgname`;

const policiesOf = `
  select format('create policy %s on %s for %s to %s%s%s', p.policyname, p.tablename, lower(p.cmd),
    array_to_string(p.roles, ', '), coalesce(E'\\n  using (' || p.qual || ')', ''),
    coalesce(E'\\n  with check (' || p.with_check || ')', '')) as text
  from pg_policies p join pg_class c on c.relname = p.tablename and c.relnamespace = 'public'::regnamespace
  where c.oid = $1 order by p.policyname`;

const grantsOf = `
  select format('grant %s on %s to %s', string_agg(lower(g.privilege_type), ', ' order by g.privilege_type),
    c.relname, g.grantee) as text
  from pg_class c join information_schema.role_table_grants g
    on g.table_name = c.relname and g.table_schema = 'public'
  where c.oid = $1 and g.grantee like 'hearth\\_%'
  group by c.relname, g.grantee order by g.grantee`;

// Before PostgreSQL 18, which has one of its own, a migration makes `uuidv7`; it is no part of what is told.
const everyFunction = `
  select pg_get_functiondef(p.oid) as text from pg_proc p
  where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and p.proname <> 'uuidv7'
    and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  order by p.proname, pg_get_function_identity_arguments(p.oid)`;
