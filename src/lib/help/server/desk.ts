/** Questions about articles as the desk asks them: all of them with where each language stands, and one with its versions. */
import type { NotNull } from 'kysely';
import { refuse } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { locales, type Locale } from '#lib/platform/language.ts';
import type { Topic } from '../article.ts';
import type { Texts } from '../form.ts';
import { standings, type VersionState } from '../life.ts';

/** What the database holds of each closed list. */
type Row = { locale: Locale; state: VersionState; valid_from: NotNull };

export async function listForDesk(db: Db) {
  const [articles, versions] = await Promise.all([
    db
      .selectFrom('article')
      .select(['id', 'slug', 'topic', 'place', 'retired_at'])
      .orderBy('place')
      .$narrowType<{ topic: Topic }>()
      .execute(),
    db
      .selectFrom('article_version')
      .select(['article_id', 'locale', 'version', 'changes', 'state', 'title', 'valid_from', 'updated_at'])
      .where('state', '!=', 'withdrawn')
      .orderBy('version', 'desc')
      .$narrowType<Row>()
      .execute()
  ]);
  const now = new Date();
  const of = Map.groupBy(versions, ({ article_id }) => article_id);
  return articles.map((article) => {
    const mine = of.get(article.id) ?? [];
    return {
      ...article,
      changed_at: new Date(Math.max(0, ...mine.map(({ updated_at }) => updated_at.getTime()))),
      languages: locales.map((locale) => {
        const all = standings(
          mine.filter((one) => one.locale === locale),
          now
        );
        const open = all.find(({ standing }) => !['in_force', 'replaced'].includes(standing));
        const inForce = all.find(({ standing }) => standing === 'in_force');
        return {
          locale,
          title: (inForce ?? open)?.title ?? null,
          in_force: !!inForce,
          open: open?.standing ?? null
        };
      })
    };
  });
}

/** An article with all its versions of all languages, the newest first, or a refusal. */
export async function articleForDesk(db: Db, slug: string) {
  const article = await db
    .selectFrom('article')
    .select(['id', 'slug', 'topic', 'retired_at'])
    .where('slug', '=', slug)
    .executeTakeFirst();
  if (!article) refuse('missing', 'articles.not_found');
  return { ...article, versions: await versionsOf(db, article.id) };
}

export type DeskArticle = Awaited<ReturnType<typeof articleForDesk>>;
export type DeskVersion = DeskArticle['versions'][number];

export async function versionsOf(db: Db, articleId: string) {
  return db
    .selectFrom('article_version as v')
    .leftJoin('person as w', 'w.id', 'v.written_by')
    .leftJoin('person as a', 'a.id', 'v.approved_by')
    .select(['v.locale', 'v.version', 'v.changes', 'v.state', 'v.valid_from', 'v.updated_at', 'v.created_at'])
    .select(['v.title', 'v.summary', 'v.body', 'v.questions', 'v.action', 'v.note', 'v.approved_at'])
    .select(['v.written_by', 'v.proposed_by', 'w.name as writer', 'a.name as approver'])
    .where('v.article_id', '=', articleId)
    .orderBy('v.locale')
    .orderBy('v.version', 'desc')
    .$narrowType<Row>()
    .execute();
}

/** The newest of a language that was not withdrawn: what is written on from. */
export const newestOf = <One extends { locale: Locale; version: number; state: VersionState }>(
  versions: readonly One[],
  locale: Locale
): One | undefined =>
  versions
    .filter((one) => one.locale === locale && one.state !== 'withdrawn')
    .toSorted((a, b) => b.version - a.version)[0];

/** What an article says now, as it is written on. */
export const textsOf = (versions: readonly DeskVersion[]): Partial<Record<Locale, Texts>> =>
  Object.fromEntries(
    locales.flatMap((locale) => {
      const newest = newestOf(versions, locale);
      return newest ? [[locale, newest] as const] : [];
    })
  );
