/** The catalogue in the database: publishing new versions, and reading the one a request was made with. */
import type pg from 'pg';
import { withConnection } from '#lib/platform/server/connection.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { ServiceType } from '#lib/forms/definition.ts';

/** Publishes the catalogue over a connection of its own. `url` must be the owner's. */
export const publish = (url: string, types: readonly ServiceType[]) =>
  withConnection(url, (client) => publishCatalogue(client, types));

/**
 * Publishes every definition whose version the database has not got, and stops offering what is gone. A version
 * that is there is never changed. `client` must be the owner's.
 */
export async function publishCatalogue(client: pg.ClientBase, types: readonly ServiceType[]) {
  await client.query('begin');
  for (const type of types) {
    await client.query(
      // What is new in a group comes to the team that has the rest of it.
      `insert into service_type (code, version, offered, team_id)
       select $1, $2, true, (select s.team_id from service_type s
                             join service_type_version v on v.code = s.code and v.version = s.version
                             where v.definition->>'group' = $3 and s.team_id is not null limit 1)
       on conflict (code) do update set version = excluded.version, offered = true`,
      [type.code, type.version, type.group]
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

/** The same of several, in their order. */
export const definitionsOf = (
  db: Db,
  of: readonly { service_type: string; service_version: number }[]
): Promise<ServiceType[]> =>
  Promise.all(of.map(({ service_type, service_version }) => definitionOf(db, service_type, service_version)));

/** A type on offer, in its newest version, and the team that takes on what is asked for by it. */
export interface Offer {
  type: ServiceType;
  team_id: string | null;
}

export async function offerOf(db: Db, code: string): Promise<Offer | undefined> {
  const offer = await offers(db).where('code', '=', code).executeTakeFirst();
  return offer && { type: await definitionOf(db, code, offer.version), team_id: offer.team_id };
}

/** All that is on offer, by code. */
export async function offeredTypes(db: Db): Promise<Map<string, Offer>> {
  const offered = await offers(db).execute();
  return new Map(
    await Promise.all(
      offered.map(
        async ({ code, version, team_id }) =>
          [code, { type: await definitionOf(db, code, version), team_id }] as const
      )
    )
  );
}

/** Without the definitions: they are long, and known once read. */
const offers = (db: Db) =>
  db.selectFrom('service_type').select(['code', 'version', 'team_id']).where('offered', '=', true);
