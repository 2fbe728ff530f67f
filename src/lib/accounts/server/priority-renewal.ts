/** Asks those who are served first whether they still should be: before it runs out, and once more when it has. */
import { sql } from 'kysely';
import { waysNow } from '#lib/people/server/letter-gate.ts';
import { writeDate } from '#lib/platform/dates.ts';
import type { Jobs } from '#lib/platform/jobs.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { type Letterhead, renewalLetter } from '../letters.ts';
import { daysAfter, daysBefore, renewalStage } from '../priority-renewal.ts';

/** Registrations looked at in one go. */
const armful = 500;

/** Queues a letter to each who may act for a place, and notes it in the same transaction: nobody is asked twice. */
export async function askForRenewals(db: Db, today: string) {
  for (;;) {
    const ending = await endingSoon(db, today);
    for (const { premises, until, stage } of ending) {
      await db.transaction().execute(async (tx) => {
        const noted = await tx
          .insertInto('priority_reminder')
          .values({ premises_id: premises, until, stage })
          .onConflict((known) => known.columns(['premises_id', 'until', 'stage']).doNothing())
          .returning('premises_id')
          .executeTakeFirst();
        if (!noted) return;
        for (const person of await actingFor(tx, premises))
          await later(tx, 'accounts.tell_priority', { premises, person, until, stage });
      });
    }
    if (ending.length < armful) return;
  }
}

/** Writes to one of them, unless it was renewed or ended meanwhile. Nobody turns it off; in quiet hours it waits. */
export async function tellRenewal(
  db: Db,
  post: Post,
  told: Jobs['accounts.tell_priority'],
  settings: Letterhead & { timeZone: string }
) {
  const { premises, person, until, stage } = told;
  const { rows } = await sql<{ name: string; email: string; locale: string; line: string }>`
    select q.name, q.email, q.locale, p.line
    from priority_service s join premises p on p.id = s.premises_id
      join account_member m on m.account_id = p.account_id and m.person_id = ${person} and m.scope = 'act'
      join person q on q.id = m.person_id
    where s.premises_id = ${premises} and s.until = ${until}::date`.execute(db);
  const reader = rows[0];
  if (!reader) return;
  const again = { job: 'accounts.tell_priority', payload: told } as const;
  const ways = await waysNow(db, person, { kind: null }, settings.timeZone, again);
  if (!ways) return;

  const t = wordsFor(localeOf(reader.locale));
  const facts = { name: reader.name, line: reader.line, day: writeDate(until, t.locale), premises };
  const about = {
    key: `priority ${stage} ${premises} ${until} ${person}`,
    ...{ kind: 'priority_renewal', person, request: null }
  };
  await sendOnce(
    db,
    post,
    { ...about, ways },
    {
      to: reader.email,
      locale: t.locale,
      ...renewalLetter(t, stage, facts, settings)
    }
  );
}

async function endingSoon(db: Db, today: string) {
  const { rows } = await sql<{ premises: string; until: string }>`
    select s.premises_id as premises, s.until from priority_service s
    where s.until between ${today}::date - ${daysAfter}::int and ${today}::date + ${daysBefore}::int
      and not exists (select from priority_reminder r where r.premises_id = s.premises_id and r.until = s.until
                        and r.stage = case when s.until > ${today}::date then 'soon' else 'over' end)
    order by s.until, s.premises_id limit ${armful}`.execute(db);
  return rows.flatMap((row) => {
    const stage = renewalStage(row.until, today);
    return stage ? [{ ...row, stage }] : [];
  });
}

async function actingFor(tx: Db, premises: string) {
  const rows = await tx
    .selectFrom('premises as p')
    .innerJoin('account_member as m', 'm.account_id', 'p.account_id')
    .select('m.person_id')
    .where('p.id', '=', premises)
    .where('m.scope', '=', 'act')
    .execute();
  return rows.map(({ person_id }) => person_id);
}
