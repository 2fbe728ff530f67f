/** The catalogue in the database: publishing new versions, and reading the one a request was made with. */
import type { Db } from '#lib/platform/server/db.ts';
import pg from 'pg';
import type { ServiceType } from '../definition.ts';

/** Publishes the catalogue over a connection of its own. `url` must be the owner's. */
export async function publish(url: string, types: readonly ServiceType[]) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await publishCatalogue(client, types);
  } finally {
    await client.end();
  }
}

/**
 * Publishes every definition whose version the database has not got, and stops offering what is gone. A version
 * that is there is never changed. `client` must be the owner's.
 */
export async function publishCatalogue(client: pg.ClientBase, types: readonly ServiceType[]) {
  await client.query('begin');
  for (const type of types) {
    await client.query(
      `insert into service_type (code, version, offered) values ($1, $2, true)
       on conflict (code) do update set version = excluded.version, offered = true`,
      [type.code, type.version]
    );
    await client.query(
      `insert into service_type_version (code, version, definition) values ($1, $2, $3)
       on conflict (code, version) do nothing`,
      [type.code, type.version, JSON.stringify(type)]
    );
  }
  await client.query('update service_type set offered = false where code <> all ($1)', [
    types.map((type) => type.code)
  ]);
  await client.query('commit');
}

const known = new Map<string, ServiceType>();

/** A definition as it was published. Versions never change, so each is read once per process. */
export async function definitionOf(db: Db, code: string, version: number): Promise<ServiceType> {
  const key = `${code}/${version}`;
  const had = known.get(key);
  if (had) return had;

  const { definition } = await db
    .selectFrom('service_type_version')
    .select('definition')
    .where('code', '=', code)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  // The column holds what publishCatalogue wrote: a ServiceType.
  const type = definition as unknown as ServiceType;
  known.set(key, type);
  return type;
}

/** The types on offer, newest versions, by code. */
export async function offeredTypes(
  db: Db
): Promise<Map<string, { type: ServiceType; team_id: string | null }>> {
  const rows = await db
    .selectFrom('service_type as t')
    .innerJoin('service_type_version as v', (join) =>
      join.onRef('v.code', '=', 't.code').onRef('v.version', '=', 't.version')
    )
    .select(['t.code', 't.team_id', 'v.definition'])
    .where('t.offered', '=', true)
    .execute();
  return new Map(
    rows.map((row) => [row.code, { type: row.definition as unknown as ServiceType, team_id: row.team_id }])
  );
}
