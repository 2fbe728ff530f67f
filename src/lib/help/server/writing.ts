/** Writing articles at the desk: drafts that two never overwrite each other in, and proposing them. */
import type { PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { type Db, isUniqueViolation } from '#lib/platform/server/db.ts';
import { locales, type Locale } from '#lib/platform/language.ts';
import { writeAudit } from '#lib/people/server/audit.ts';
import { mayWriteArticles } from '../access.ts';
import { type Draft, sameTexts, slugOf, type Texts } from '../form.ts';
import { seenOf } from '../life.ts';
import { type DeskVersion, newestOf, versionsOf } from './desk.ts';

/** Begins an article. `id` is the key of its form: sent twice, it is one article. Gives its slug. */
export async function beginArticle(db: Db, actor: PersonActor, id: string, draft: Draft): Promise<string> {
  if (!mayWriteArticles(actor)) refuse('missing', 'errors.missing');
  const before = await db.selectFrom('article').select('slug').where('id', '=', id).executeTakeFirst();
  if (before) return before.slug;
  const wanted = slugOf((draft.texts.en ?? draft.texts.es)?.title ?? '');
  for (let nth = 1; ; nth += 1) {
    const slug = nth === 1 ? wanted : `${wanted}-${nth}`;
    try {
      await db.transaction().execute(async (tx) => {
        const { place } = await tx
          .selectFrom('article')
          .select((is) => is.fn.coalesce(is.fn.max('place'), is.lit(0)).as('place'))
          .executeTakeFirstOrThrow();
        await tx
          .insertInto('article')
          .values({ id, slug, topic: draft.topic, place: place + 1, created_by: actor.id })
          .execute();
        await writeAll(tx, actor, { id, versions: [] }, draft);
      });
      return slug;
    } catch (problem) {
      if (isUniqueViolation(problem, 'article_pkey')) return beginArticle(db, actor, id, draft);
      if (!isUniqueViolation(problem, 'article_slug_key') || nth > 50) throw problem;
    }
  }
}

/** Keeps what was typed as a draft. Refuses when somebody changed the article after it was `seen`. */
export function saveArticle(db: Db, actor: PersonActor, slug: string, seen: string, draft: Draft) {
  return onArticle(db, actor, slug, async (tx, article) => {
    const unchanged = locales.every((locale) => isSaved(article.versions, locale, draft));
    if (!unchanged && seenOf(article.versions) !== seen) refuse('conflict', 'articles.changed_meanwhile');
    await writeAll(tx, actor, article, draft);
  });
}

/** Hands everything that is drafted to whoever approves. Twice is once. */
export function proposeArticle(db: Db, actor: PersonActor, slug: string) {
  return onArticle(db, actor, slug, async (tx, article) => {
    const drafts = article.versions.filter(({ state }) => state === 'draft');
    if (drafts.length === 0) {
      if (article.versions.some(({ state }) => state === 'proposed')) return;
      refuse('conflict', 'articles.nothing_to_propose');
    }
    await tx
      .updateTable('article_version')
      .set({ state: 'proposed', proposed_by: actor.id })
      .where('article_id', '=', article.id)
      .where('state', '=', 'draft')
      .execute();
    await writeAudit(tx, actor, { action: 'article.proposed', subject: { kind: 'article', id: article.id } });
  });
}

/** Makes what a version said the draft of a new one. */
export function goBackTo(db: Db, actor: PersonActor, slug: string, to: { locale: Locale; version: number }) {
  return onArticle(db, actor, slug, async (tx, article) => {
    const found = article.versions.find(
      ({ locale, version }) => locale === to.locale && version === to.version
    );
    if (!found) refuse('missing', 'articles.not_found');
    const newest = newestOf(article.versions, to.locale);
    if (newest && isOpen(newest) && !sameTexts(newest, found)) refuse('conflict', 'articles.draft_first');
    await write(tx, actor, article, to.locale, found, null);
  });
}

interface Locked {
  id: string;
  versions: DeskVersion[];
}

/** One at a time writes on an article. */
export function onArticle<Answer>(
  db: Db,
  actor: PersonActor,
  slug: string,
  change: (tx: Db, article: Locked & { topic: string; retired_at: Date | null }) => Promise<Answer>
): Promise<Answer> {
  if (!mayWriteArticles(actor)) refuse('missing', 'errors.missing');
  return db.transaction().execute(async (tx) => {
    const article = await tx
      .selectFrom('article')
      .select(['id', 'topic', 'retired_at'])
      .where('slug', '=', slug)
      .forUpdate()
      .executeTakeFirst();
    if (!article) refuse('missing', 'articles.not_found');
    return change(tx, { ...article, versions: await versionsOf(tx, article.id) });
  });
}

async function writeAll(tx: Db, actor: PersonActor, article: Locked, { texts, note }: Draft) {
  for (const locale of locales) {
    const said = texts[locale];
    if (said) await write(tx, actor, article, locale, said, note);
  }
}

/** Into the draft that is open, or else into a new one; not at all where it says the same already. */
async function write(
  tx: Db,
  actor: PersonActor,
  { id, versions }: Locked,
  locale: Locale,
  { title, summary, body, questions, action }: Texts,
  note: string | null
) {
  const newest = newestOf(versions, locale);
  const said = { title, summary, body, questions, action };
  if (sameTexts(newest, said) && (newest?.note === note || note === null)) return;
  if (newest && isOpen(newest)) {
    await tx
      .updateTable('article_version')
      .set({ ...said, note: note ?? newest.note, state: 'draft', written_by: actor.id })
      .where('article_id', '=', id)
      .where('locale', '=', locale)
      .where('version', '=', newest.version)
      .execute();
    return;
  }
  if (sameTexts(newest, said)) return;
  const version =
    1 + Math.max(0, ...versions.filter((one) => one.locale === locale).map((one) => one.version));
  await tx
    .insertInto('article_version')
    .values({ ...said, article_id: id, locale, version, note, state: 'draft', written_by: actor.id })
    .execute();
}

const isOpen = ({ state }: DeskVersion) => state === 'draft' || state === 'proposed';

const isSaved = (versions: readonly DeskVersion[], locale: Locale, { texts }: Draft) =>
  !texts[locale] || sameTexts(newestOf(versions, locale), texts[locale]);
