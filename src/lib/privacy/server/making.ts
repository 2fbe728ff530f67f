/** Makes the copies that were asked for, says that they are ready, and throws away what is past. */
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Customer } from '#lib/platform/actor.ts';
import { writeDate } from '#lib/platform/dates.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { later } from '#lib/platform/server/jobs.ts';
import { openStorage, type Storage } from '#lib/files/server/storage.ts';
import { type Post, sendOnce } from '#lib/platform/server/mail.ts';
import type { Press } from '#lib/platform/server/press/press.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { daysKept, hoursToMake } from '../copy.ts';
import { copyReadyLetter, type Letterhead } from '../letters.ts';
import { papersIn } from '#lib/billing/server/bill-papers.ts';
import { readmeOf, startSummary, type Issuer } from '../summary.ts';
import { writeArchive } from './archive.ts';
import { copiesIn } from './copies.ts';

export type Settings = Letterhead & Issuer & { dataDir: string; timeZone: string };

/** Makes one, if it still waits. Killed in the middle, it is made again from the beginning. */
export async function makeCopy(db: Db, press: Press, settings: Settings, id: string) {
  const asked = await db
    .selectFrom('data_copy as c')
    .innerJoin('person as p', 'p.id', 'c.person_id')
    .select(['c.person_id', 'c.locale', 'c.asked_at', 'p.name'])
    .where('c.id', '=', id)
    .where('c.state', '=', 'asked')
    .executeTakeFirst();
  if (!asked) return;

  const whose: Customer = { kind: 'person', id: asked.person_id, role: 'customer', team: null };
  const t = wordsFor(localeOf(asked.locale));
  const summary = startSummary(t, { name: asked.name, at: asked.asked_at }, settings);
  const size = await writeArchive(copiesIn(settings.dataDir), id, {
    ...{ db, whose, at: asked.asked_at, files: openStorage(join(settings.dataDir, 'files')) },
    papers: papersIn(settings.dataDir),
    seen: summary.seen,
    readme: readmeOf(t, settings),
    paper: () =>
      press.print({
        layout: join(import.meta.dirname, '../paper/copy.typ'),
        data: summary.paper(),
        madeAt: asked.asked_at
      })
  });
  await db.transaction().execute(async (tx) => {
    const ready = await tx
      .updateTable('data_copy')
      .set({
        ...{ state: 'ready', size: String(size), ready_at: sql`now()` },
        expires_at: sql`now() + make_interval(days => ${daysKept})`
      })
      .where('id', '=', id)
      .where('state', '=', 'asked')
      .returning('id')
      .executeTakeFirst();
    if (ready) await later(tx, 'privacy.tell_copy', { copy: id });
  });
}

/** Says that it is ready, if it still is. */
export async function tellCopy(db: Db, post: Post, settings: Settings, id: string) {
  const ready = await db
    .selectFrom('data_copy as c')
    .innerJoin('person as p', 'p.id', 'c.person_id')
    .select(['c.person_id', 'c.expires_at', 'p.name', 'p.email', 'p.locale'])
    .where('c.id', '=', id)
    .where('c.state', '=', 'ready')
    .executeTakeFirst();
  if (!ready?.expires_at) return;
  const { person_id: person, name, email, locale } = ready;
  const t = wordsFor(localeOf(locale));
  const letter = copyReadyLetter(
    t,
    { name, until: writeDate(dayAt(ready.expires_at, settings.timeZone), t.locale) },
    settings
  );
  const about = { key: `privacy copy ${id}`, kind: 'data_copy', person, request: null };
  await sendOnce(db, post, about, { to: email, locale: t.locale, ...letter });
}

/** Files whose time is over go, and so do those of no copy; what was never made is given up, and said so on the page. */
export async function sweepCopies(db: Db, copies: Storage) {
  await sql`update data_copy set state = 'failed'
            where state = 'asked' and asked_at < now() - make_interval(hours => ${hoursToMake})`.execute(db);
  await sql`update data_copy set state = 'gone' where state = 'ready' and expires_at < now()`.execute(db);
  for await (const id of copies.ids()) if (!(await isKept(db, id))) await copies.remove(id);
  // That one was asked for and taken stands in the history; the row itself is of no more use.
  await sql`delete from data_copy where asked_at < now() - interval '90 days'`.execute(db);
}

async function isKept(db: Db, id: string) {
  const kept = await db
    .selectFrom('data_copy')
    .select('id')
    .where('id', '=', id)
    .where('state', 'in', ['asked', 'ready'])
    .executeTakeFirst();
  return kept !== undefined;
}
