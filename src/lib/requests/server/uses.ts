/** What others asked for an account, said and did about it: of what its holder may see. */
import { sql } from 'kysely';
import type { Window } from '#lib/accounts/history.ts';
import { asMark, before } from '#lib/accounts/server/history.ts';
import { whoOf } from '#lib/accounts/server/uses.ts';
import type { Asked, Use } from '#lib/accounts/uses.ts';
import { definitionOf } from '#lib/catalogue/server/catalogue.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';

type Row = Pick<Use, 'at' | 'key' | 'who'> & {
  kind: 'submitted' | 'message' | 'status';
  reference: string;
  type: string;
  version: number;
};

/** A private request of somebody else is not among them: the database does not show it. */
export async function requestUses(db: Db, { account, me }: Asked, window: Window, t: Words): Promise<Use[]> {
  const at = sql`e.at`;
  const key = sql`'request-' || r.id || '-' || e.number`;
  const { rows } = await sql<Row>`
    select ${asMark(at)} as at, ${key} as key, ${whoOf('e.actor_id', account)} as who, e.kind, r.reference,
           r.service_type as type, r.service_version as version
    from request r join request_event e on e.request_id = r.id
    where r.account_id = ${account} and not r.private and e.visibility = 'public'
      and e.kind in ('submitted', 'message', 'status') and e.actor_role = 'customer' and e.actor_id <> ${me}
      and ${before(at, key, window)}
    order by e.at desc, key desc limit ${window.most}`.execute(db);
  return Promise.all(
    rows.map(async ({ kind, reference, type, version, ...line }) => {
      const name = (await definitionOf(db, type, version)).name[t.locale];
      return {
        ...{ ...line, day: false },
        text: t(`access.used_${kind}`, { name, reference }),
        href: `/requests/${reference}`
      };
    })
  );
}
