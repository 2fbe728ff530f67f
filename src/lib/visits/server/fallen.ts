/** Of which requests the last visit came to nothing, so that another time is to be chosen. Each reader sees their own. */
import { sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { fallen, waitsForTime, type Fallen } from '../fallen.ts';

type Standing = { id: string } & Parameters<typeof waitsForTime>[0];

export async function fallenOf(db: Db, requests: readonly Standing[]): Promise<Map<string, Fallen>> {
  const ids = requests.filter(waitsForTime).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('request_event')
    .distinctOn('request_id')
    .select(['request_id', sql<string>`payload->>'state'`.as('state')])
    .select(sql<string | null>`payload->>'visit_on'`.as('on_day'))
    .where('request_id', 'in', ids)
    .where('kind', '=', 'visit')
    .where(sql<boolean>`payload ? 'visit_on'`)
    .orderBy('request_id')
    .orderBy('number', 'desc')
    .execute();
  return new Map(
    rows.flatMap(({ request_id, state, on_day }) => {
      const fell = fallen(state, on_day);
      return fell ? [[request_id, fell] as const] : [];
    })
  );
}
