/** Readings of the meters that somebody may see, as lines of their history. */
import { type RawBuilder, sql } from 'kysely';
import type { PersonActor } from '#lib/platform/actor.ts';
import type { Db } from '#lib/platform/server/db.ts';
import type { Words } from '#lib/platform/words.ts';
import type { HistoryLine, Window } from '../history.ts';

/** An instant as a mark holds it: in UTC, so that letters sort as time does. */
export const asMark = (at: RawBuilder<unknown>) =>
  sql<string>`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00'`;

/** A day as an instant, its noon: the same day in nearly every zone. */
export const noonOf = (day: RawBuilder<unknown>) =>
  sql`((${day})::timestamp + interval '12 hours') at time zone 'UTC'`;

/** What stands before the mark of a page. */
export const before = (at: RawBuilder<unknown>, key: RawBuilder<unknown>, { before: mark }: Window) =>
  mark ? sql`(${at}, ${key}) < (${mark.at}::timestamptz, ${mark.key})` : sql`true`;

/** All words that are searched for stand in these, in any order. */
export const contains = (cells: readonly RawBuilder<unknown>[], { search }: Pick<Window, 'search'>) =>
  search
    ? sql`holds_words(concat_ws(' ', ${sql.join([...cells])}), asked_words(${search}::text))`
    : sql`true`;

/** Whether somebody sees more accounts than one, so that each line has to say whose it is. */
export async function seesSeveral(db: Db, actor: PersonActor): Promise<boolean> {
  const { rows } = await sql<{ several: boolean }>`
    select count(*) > 1 as several from account where id in ${seenBy(actor)}`.execute(db);
  return rows[0]?.several ?? false;
}

/** The accounts whose bills and readings somebody may see. */
export const seenBy = (actor: PersonActor) =>
  sql`(select m.account_id from account_member m where m.person_id = ${actor.id} and m.scope in ('view', 'act'))`;

export async function readingHistory(
  db: Db,
  actor: PersonActor,
  window: Window,
  t: Words
): Promise<HistoryLine[]> {
  const at = noonOf(sql`r.read_on`);
  const key = sql`'reading-' || r.id`;
  const { rows } = await sql<{ at: string; key: string; digits: string; serial: string; number: string }>`
    select ${asMark(at)} as at, ${key} as key, r.digits, m.serial, a.number
    from account a join premises p on p.account_id = a.id join meter m on m.premises_id = p.id
    join reading r on r.meter_id = m.id
    where a.id in ${seenBy(actor)} and r.state = 'accepted' and ${contains([sql`m.serial`], window)} and ${before(at, key, window)}
    order by ${at} desc, key desc limit ${window.most}`.execute(db);
  return rows.map(({ at, key, digits, serial, number }) => ({
    ...{ kind: 'reading' as const, at, key, day: true, account: number },
    text: t('history.reading', { digits, serial }),
    href: `/readings?account=${number}`
  }));
}
