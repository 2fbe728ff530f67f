/** Forgets customers whose closing is due: their open requests end, they hear of it a last time, then their words go. */
import { join } from 'node:path';
import { sql } from 'kysely';
import { system } from '#lib/platform/actor.ts';
import { writeDate } from '#lib/platform/dates.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import { openStorage } from '#lib/files/server/storage.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { writeAudit } from '#lib/people/server/audit.ts';
import { isOpen, type Status } from '#lib/requests/status.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { move } from '#lib/requests/server/transitions.ts';
import { type ClosingLetter, closingLetter, type Letterhead } from '../letters.ts';
import { closingWaitsFor } from './closing.ts';
import { copiesIn } from './copies.ts';

type Settings = Letterhead & { dataDir: string; timeZone: string };

/** One after the other, the longest due first. What is under way or held is looked at again with the next run. */
export async function closeDue(db: Db, post: Post, settings: Settings) {
  const due = await db
    .selectFrom('closing')
    .select(['id', 'person_id', sql<boolean>`due_at < now() - interval '3 days'`.as('overdue')])
    .where('state', '=', 'waiting')
    .where('due_at', '<=', sql<Date>`now()`)
    .orderBy('due_at')
    .limit(200)
    .execute();
  for (const { id, person_id, overdue } of due) {
    if ((await closingWaitsFor(db, person_id)).length > 0) continue;
    await endRequests(db, person_id);
    const told = await tellClosing(db, post, settings, { closing: id, what: 'done' }).then(
      () => true,
      (problem: unknown) => void log.warn('a last letter did not go', { problem: String(problem) })
    );
    // Nobody is kept for want of a letter: a mailbox that cannot be reached is given three days.
    if (told || overdue) await forget(db, settings.dataDir, person_id);
  }
}

/** Nobody is left to answer: what is open is called off, without a letter about each. */
async function endRequests(db: Db, person: string) {
  const { rows } = await sql<{ id: string }>`
    select id from request where requester_id = ${person}
      and request_is_open(status) order by id`.execute(db);
  for (const { id } of rows) {
    await db.transaction().execute(async (tx) => {
      const request = await tx
        .selectFrom('request')
        .select(sql<Status>`status`.as('status'))
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (request && isOpen(request.status))
        await move(tx, system, { id, ...request }, 'cancelled', {
          occasion: null,
          payload: { reason: 'none' }
        });
    });
  }
}

async function forget(db: Db, dataDir: string, person: string) {
  const files = await sql<{ id: string }>`
    select f.id from attachment f left join request r on r.id = f.request_id
    where f.person_id = ${person} or r.requester_id = ${person}`.execute(db);
  const copies = await db.selectFrom('data_copy').select('id').where('person_id', '=', person).execute();
  // Staff meet the name in many places and in their own language: it is the utility's, not the reader's.
  const knownAs = wordsFor('en')('privacy.closed_name');
  const done = await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{
      done: boolean;
    }>`select close_customer(${person}, ${knownAs}) as done`.execute(tx);
    if (!rows[0]?.done) return false;
    await writeAudit(tx, system, { action: 'person.closing_done', subject: { kind: 'person', id: person } });
    return true;
  });
  if (!done) return;
  // Killed before this is over, the sweeps find files that belong to no row.
  const storage = openStorage(join(dataDir, 'files'));
  for (const { id } of files.rows) await storage.remove(id);
  for (const { id } of copies) await copiesIn(dataDir).remove(id);
}

/** Forgets requests of visitors, with their files, once they have been over long enough: some at a time, until none is due. */
export async function forgetVisitors(db: Db, dataDir: string, most = 100) {
  const storage = openStorage(join(dataDir, 'files'));
  for (let due = most; due === most;) {
    const { rows } = await sql<{ files: string[] }>`select files from forget_visitors(${most})`.execute(db);
    for (const id of rows.flatMap(({ files }) => files)) await storage.remove(id);
    due = rows.length;
  }
}

/** Writes about a closing: that it was asked for and how to come back, that it was called off, that it is done. */
export async function tellClosing(
  db: Db,
  post: Post,
  settings: Settings,
  { closing: id, what }: { closing: string; what: ClosingLetter }
) {
  const states = { asked: 'waiting', withdrawn: 'withdrawn', done: 'waiting' } as const;
  const found = await db
    .selectFrom('closing as c')
    .innerJoin('person as p', 'p.id', 'c.person_id')
    .select(['p.id', 'p.name', 'p.email', 'p.locale', 'c.due_at'])
    .where('c.id', '=', id)
    .where('c.state', '=', states[what])
    .executeTakeFirst();
  if (!found) return;
  const t = wordsFor(localeOf(found.locale));
  const day = writeDate(dayAt(found.due_at, settings.timeZone), t.locale);
  const letter = closingLetter(t, what, { name: found.name, day }, settings);
  const about = {
    key: `privacy closing ${id} ${what}`,
    kind: `closing_${what}`,
    person: found.id,
    request: null
  };
  await sendOnce(db, post, about, { to: found.email, locale: t.locale, ...letter });
}
