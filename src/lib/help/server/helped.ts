/** Whether articles helped: what readers say, how the desk reads it, and what is opened most. */
import { type NotNull, sql } from 'kysely';
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import type { Locale } from '#lib/platform/language.ts';

/** What a reader says of the version they read. */
export interface Verdict {
  slug: string;
  locale: Locale;
  version: number;
  helped: boolean;
  words: string | null;
}

/** Notes it, or changes what the same reader said before of the same version. */
export async function sayWhetherItHelped(
  db: Db,
  actor: Actor,
  { slug, locale, version, helped, words }: Verdict
) {
  if (isStaff(actor) || actor.kind === 'system') refuse('missing', 'errors.missing');
  const read = await db
    .selectFrom('article_in_force')
    .select('id')
    .where('slug', '=', slug)
    .$narrowType<{ id: NotNull }>()
    .executeTakeFirst();
  if (!read) refuse('missing', 'errors.missing');
  const who =
    actor.kind === 'person'
      ? { person_id: actor.id, visitor: null }
      : { person_id: null, visitor: actor.visitor };
  await db
    .insertInto('article_answer')
    .values({ article_id: read.id, locale, version, helped, words, ...who })
    .onConflict((same) =>
      same.constraint('article_answer_once').doUpdateSet((is) => ({
        helped: is.ref('excluded.helped'),
        words: is.fn.coalesce('excluded.words', 'article_answer.words')
      }))
    )
    .execute();
}

/** That somebody opened it. Counting never keeps anybody from reading. */
export async function countView(db: Db, slug: string) {
  try {
    await sql`select count_article_view(${slug})`.execute(db);
  } catch (error) {
    log.warn('an opened article could not be counted', { error });
  }
}

/** Of how many who said so in the last ninety days each article helped how many. */
export async function shares(db: Db) {
  const rows = await db
    .selectFrom('article_day')
    .select('article_id')
    .select([
      sql<number>`sum(helped)::integer`.as('helped'),
      sql<number>`sum(helped + not_helped)::integer`.as('answers'),
      sql<number>`sum(views)::integer`.as('views')
    ])
    .where('day', '>', sql<string>`current_date - 90`)
    .groupBy('article_id')
    .execute();
  return new Map(rows.map(({ article_id, ...share }) => [article_id, share]));
}

/** What readers wrote, those first whom it did not help, the newest first. */
export const wordsOfReaders = (db: Db, articleId: string) =>
  db
    .selectFrom('article_answer')
    .select(['id', 'locale', 'version', 'helped', 'words', 'created_at'])
    .where('article_id', '=', articleId)
    .where('words', 'is not', null)
    .orderBy('helped')
    .orderBy('created_at', 'desc')
    .limit(30)
    .$narrowType<{ words: NotNull }>()
    .execute();

/** What was opened most in the last thirty days, of what is in force in a language. */
export const mostAsked = (db: Db, locale: Locale, most = 6) =>
  db
    .selectFrom('article_in_force as a')
    .innerJoin('article_day as d', 'd.article_id', 'a.id')
    .select(['a.slug', 'a.title', 'a.summary'])
    .where('a.locale', '=', locale)
    .where('d.day', '>', sql<string>`current_date - 30`)
    .groupBy(['a.slug', 'a.title', 'a.summary'])
    .orderBy(sql`sum(d.views + d.helped)`, 'desc')
    .orderBy('a.slug')
    .limit(most)
    .$narrowType<Record<'slug' | 'title' | 'summary', NotNull>>()
    .execute();
