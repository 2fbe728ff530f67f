/** How the gas comes to whoever is in danger, where their account tells it: what to do differs, and few say it. */
import { sql, type Expression } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { inTime } from '#lib/platform/server/timeout.ts';
import { supplies, type Supply } from '#lib/safety/supply.ts';

/** What is known of where it is: what their request, account or place tells, and else all accounts of theirs. */
export interface Whereabouts {
  account?: string | null;
  premises?: string | null;
  request?: string | Expression<string> | null;
}

/** Nobody in danger waits longer for the better words, in milliseconds. */
const patience = 1_000;

/** Null where nothing is known, or the database does not say so in time. */
export async function supplyOfCaller(
  db: Db,
  { account = null, premises = null, request = null }: Whereabouts
): Promise<Supply | null> {
  const asked = sql<{ supply: string | null }>`
    select supply_of_caller(${account}::uuid, ${premises}::uuid, ${request}::uuid) as supply`.execute(db);
  const { rows } = await inTime(asked, patience).catch(() => ({ rows: [] }));
  return supplies.find((known) => known === rows[0]?.supply) ?? null;
}
