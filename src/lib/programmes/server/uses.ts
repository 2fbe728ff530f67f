/** What others agreed on and ended for an account, and the cards they left for it. */
import { sql } from 'kysely';
import type { Window } from '#lib/accounts/history.ts';
import { asMark, before } from '#lib/accounts/server/history.ts';
import { whoOf } from '#lib/accounts/server/uses.ts';
import type { Asked, Use } from '#lib/accounts/uses.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import type { ProgrammeDeed, ProgrammeKind } from '../programme.ts';

type Line = Pick<Use, 'at' | 'key' | 'who'>;

export async function programmeUses(
  db: Db,
  { account, me }: Asked,
  window: Window,
  t: Words
): Promise<Use[]> {
  const at = sql`e.at`;
  const key = sql`'programme-' || lpad(e.seq::text, 12, '0')`;
  const { rows } = await sql<Line & { what: ProgrammeDeed; kind: ProgrammeKind; number: string }>`
    select ${asMark(at)} as at, ${key} as key, ${whoOf('e.actor_id', account)} as who, e.what, g.kind, a.number
    from programme_event e join programme g on g.id = e.programme_id join account a on a.id = e.account_id
    where e.account_id = ${account} and e.by_whom = 'customer' and e.actor_id <> ${me} and ${before(at, key, window)}
    order by e.at desc, key desc limit ${window.most}`.execute(db);
  return rows.map(({ what, kind, number, ...line }) => ({
    ...{ ...line, day: false },
    text: t(`programmes.deed_${what}`, { name: t(`programmes.${kind}`) }),
    href: `/bills/programmes/${kind}?account=${number}`
  }));
}

/** A card begins to pay by the provider's word: whose it is says its own row. */
export async function cardUses(db: Db, { account, me }: Asked, window: Window, t: Words): Promise<Use[]> {
  const at = sql`c.created_at`;
  const key = sql`'card-' || c.id`;
  const { rows } = await sql<Line & { last_four: string | null; number: string }>`
    select ${asMark(at)} as at, ${key} as key, ${whoOf('c.person_id', account)} as who, c.last_four, a.number
    from kept_card c join account a on a.id = c.account_id
    where c.account_id = ${account} and c.state in ('kept', 'ended') and c.person_id <> ${me}
      and ${before(at, key, window)}
    order by c.created_at desc, key desc limit ${window.most}`.execute(db);
  return rows.map(({ last_four, number, ...line }) => ({
    ...{ ...line, day: false },
    text: last_four ? t('access.used_card', { last: last_four }) : t('access.used_card_gone'),
    href: `/bills/programmes/autopay?account=${number}`
  }));
}
