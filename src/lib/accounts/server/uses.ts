/** Readings that others gave for an account, what they changed there, and how they came to it and left. */
import { sql } from 'kysely';
import type { AccessDeed } from '#lib/people/personal-changes.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words, WordKey } from '#lib/platform/words.ts';
import type { Window } from '../history.ts';
import type { Asked, Use } from '../uses.ts';
import { asMark, before } from './history.ts';

/** The name of somebody who came to this account, for whoever holds it. */
export const whoOf = (person: string, account: string) =>
  sql<string | null>`account_person_name(${sql.ref(person)}, ${account}::uuid)`;

export async function readingUses(db: Db, { account, me }: Asked, window: Window, t: Words): Promise<Use[]> {
  const at = sql`r.created_at`;
  const key = sql`'reading-' || r.id`;
  const { rows } = await sql<Line & { digits: string; serial: string; number: string }>`
    select ${asMark(at)} as at, ${key} as key, ${whoOf('r.taken_by', account)} as who, r.digits, m.serial, a.number
    from premises p join account a on a.id = p.account_id join meter m on m.premises_id = p.id
    join reading r on r.meter_id = m.id
    where p.account_id = ${account} and r.source = 'customer' and r.taken_by <> ${me}
      and ${before(at, key, window)}
    order by r.created_at desc, key desc limit ${window.most}`.execute(db);
  return rows.map(({ digits, serial, number, ...line }) => ({
    ...line,
    day: false,
    text: t('access.used_reading', { digits, serial }),
    href: `/readings?account=${number}`
  }));
}

/** From the history of the account; what they changed for its premises stands in their own. */
export async function deedUses(db: Db, { account, me }: Asked, window: Window, t: Words): Promise<Use[]> {
  const at = sql`d.at`;
  const key = sql`'deed-' || d.id`;
  const { rows } = await sql<Line & { action: Deed }>`
    select ${asMark(at)} as at, ${key} as key, ${whoOf('d.actor_id', account)} as who, d.action
    from account_deeds(${account}) d
    where d.actor_id <> ${me} and ${before(at, key, window)}
    order by d.at desc, key desc limit ${window.most}`.execute(db);
  return rows.map(({ action, ...line }) => ({ ...line, day: false, text: t(deeds[action]), href: null }));
}

type Line = Pick<Use, 'at' | 'key' | 'who'>;
type Deed = Extract<AccessDeed, 'account.claimed' | 'access.accepted' | 'access.left'> | 'priority.changed';

const deeds: Record<Deed, WordKey> = {
  'account.claimed': 'access.used_claimed',
  'access.accepted': 'access.used_accepted',
  'access.left': 'access.used_left',
  'priority.changed': 'access.used_priority'
};
