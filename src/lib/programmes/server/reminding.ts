/** Letters about the days of plans: some days before, and when one has passed; each once, and only while it is so. */
import { sql } from 'kysely';
import { todayAt } from '#lib/platform/dates.ts';
import type { Jobs } from '#lib/platform/jobs.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { waysNow } from '#lib/people/server/letter-gate.ts';
import type { Letterhead } from '#lib/billing/letters.ts';
import { instalmentLetter } from '../letters.ts';
import { rulesOf, type Jurisdiction } from '#lib/billing/programme-rules.ts';
import { planOf } from '#lib/billing/server/plan.ts';

export type InstalmentLetter = 'due' | 'late';

/** So many days before its day, where nobody chose otherwise; and how long after it a letter still makes sense. */
const dueWithin = 3;
const lateFor = 10;

/** Queues the letters of the day. That one was is written down in the same transaction. */
export async function findInstalmentLetters(db: Db, today: string) {
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ programme_id: string; number: number; kind: InstalmentLetter }>`
      insert into instalment_letter (programme_id, number, kind)
      select i.programme_id, i.number, case when i.due_on < ${today}::date then 'late' else 'due' end
      from programme p join instalment i on i.programme_id = p.id
      where p.state = 'active' and p.kind in ('arrangement', 'extension', 'budget')
        and i.due_on between ${today}::date - ${lateFor}::integer
          and ${today}::date + coalesce(reminded_before(p.account_id), ${dueWithin})::integer
        and i.due_on <> ${today}::date and i.amount > 0
      on conflict do nothing
      returning programme_id, number, kind`.execute(tx);
    for (const { programme_id: programme, number, kind: letter } of rows)
      for (const person of await actingOn(tx, programme))
        await later(tx, 'billing.send_instalment', { programme, number, letter, person });
  });
}

/** Writes to one, after a look at whether that part is still open. */
export async function sendInstalment(
  db: Db,
  post: Post,
  told: Jobs['billing.send_instalment'],
  settings: Letterhead & { timeZone: string; jurisdiction: Jurisdiction }
) {
  const { programme, number, letter, person } = told;
  const reader = await readerOf(db, programme, person);
  if (!reader) return;
  const plan = await planOf(
    db,
    reader.account_id,
    todayAt(settings.timeZone),
    rulesOf(settings.jurisdiction)
  );
  if (plan?.id !== programme || plan.next?.number !== number || !plan.lastDay) return;
  if ((letter === 'late') !== (plan.next.state === 'late')) return;
  const again = { job: 'billing.send_instalment', payload: told } as const;
  const ways = await waysNow(db, person, { kind: 'bill' }, settings.timeZone, again);
  if (!ways) return;

  const t = wordsFor(localeOf(reader.locale));
  const { kind, currency, lastDay, next } = plan;
  const facts = { ...reader, letter, kind, currency, lastDay, open: next.open, due_on: next.due_on };
  const key = `instalment ${programme} ${number} ${letter} ${person}`;
  const about = { key, kind: `instalment_${letter}`, person, request: null };
  await sendOnce(
    db,
    post,
    { ...about, ways },
    {
      to: reader.email,
      locale: t.locale,
      ...instalmentLetter(t, facts, settings)
    }
  );
}

const actingOn = async (db: Db, programme: string) =>
  (
    await db
      .selectFrom('programme as g')
      .innerJoin('account_member as m', 'm.account_id', 'g.account_id')
      .select('m.person_id')
      .where('g.id', '=', programme)
      .where('m.scope', '=', 'act')
      .execute()
  ).map(({ person_id }) => person_id);

const readerOf = (db: Db, programme: string, person: string) =>
  db
    .selectFrom('programme as g')
    .innerJoin('account as a', 'a.id', 'g.account_id')
    .innerJoin('account_member as m', 'm.account_id', 'g.account_id')
    .innerJoin('person as p', 'p.id', 'm.person_id')
    .select(['g.account_id', 'a.number', 'p.name', 'p.email', 'p.locale'])
    .where('g.id', '=', programme)
    .where('m.person_id', '=', person)
    .where('m.scope', '=', 'act')
    .where('p.deactivated_at', 'is', null)
    .executeTakeFirst();
