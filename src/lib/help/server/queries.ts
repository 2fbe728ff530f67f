/** Questions about the help centre: what is in force, by topic, by address, and by what somebody asks. */
import { type NotNull, type RawBuilder, sql } from 'kysely';
import type { Db } from '#lib/platform/server/db.ts';
import { localeOf, type Locale } from '#lib/platform/language.ts';
import type { Found } from '../article.ts';

/** The database does not say that a column of a view is never empty; those of the view are not. */
type Filled<Column extends string> = Record<Column, NotNull>;

/** All articles in force in a language, in their order. */
export function listArticles(db: Db, locale: Locale) {
  return db
    .selectFrom('article_in_force')
    .select(['slug', 'topic', 'title', 'summary'])
    .where('locale', '=', locale)
    .orderBy('place')
    .$narrowType<Filled<'slug' | 'topic' | 'title' | 'summary'>>()
    .execute();
}

/** What the bot learns from: every article in force, in every language, with what people ask. */
export function articlesToLearn(db: Db) {
  return db
    .selectFrom('article_in_force')
    .select(['slug', 'title', 'summary', 'questions', 'action'])
    .orderBy('place')
    .$narrowType<
      Filled<'slug' | 'topic' | 'locale' | 'version' | 'title' | 'summary' | 'body' | 'questions'>
    >()
    .execute();
}

/** Which versions are in force: it changes whenever what the bot learns from does. */
export function versionsInForce(db: Db) {
  return db
    .selectFrom('article_in_force')
    .select(['slug', 'locale', 'version'])
    .orderBy('place')
    .orderBy('locale')
    .execute();
}

/** An article in this language, or else in another one; null when there is none in force. */
export async function findArticle(db: Db, slug: string, locale: Locale) {
  const found = await db
    .selectFrom('article_in_force')
    .select(['slug', 'topic', 'locale', 'version', 'title', 'summary', 'body', 'action', 'valid_from'])
    .where('slug', '=', slug)
    .orderBy((is) => is.case().when('locale', '=', locale).then(0).else(1).end())
    .limit(1)
    .$narrowType<Filled<'slug' | 'topic' | 'locale' | 'version' | 'title' | 'summary' | 'body'>>()
    .executeTakeFirst();
  return found ? { ...found, locale: localeOf(found.locale) } : null;
}

/** An article that was found, and whether it may be called an answer: most that was asked stands in it, and not by the way. */
type Likely = Found & { isLikely: boolean };
const likelyFrom = 0.65;

/** Words beyond these help nobody to find anything. */
const most = { words: 12, length: 40, found: 8 };

/**
 * What answers a question, best first: any of its words, in any language, accents and typing errors forgiven, and a rare
 * word telling more than one that stands everywhere. Each article once, in the language in which it was found, their own
 * where both were.
 */
export async function searchArticles(db: Db, question: string, locale: Locale): Promise<Likely[]> {
  const asked = wordsIn(question);
  if (asked.length === 0) return [];
  const { rows } = await sql<{ slug: string; locale: string; title: string; summary: string; best: number }>`
    with wanted as (
      select word, config.locale, plainto_tsquery(config.name, word) as query
      from unnest(${asked}::text[]) word, (values ('en', 'help_en'::regconfig), ('es', 'help_es'::regconfig)) config (locale, name)),
    fits as (
      select a.slug, a.locale, a.title, a.summary, w.word, greatest(
        case when ts_filter(a.found_by, '{a}') @@ w.query then 1 when ts_filter(a.found_by, '{b}') @@ w.query then 0.9
             when ts_filter(a.found_by, '{c}') @@ w.query then 0.6 when a.found_by @@ w.query then 0.2 else 0 end,
        ${alike(sql`a.title`)} * 0.9, ${alike(sql`array_to_string(a.questions, ' ')`)} * 0.8) as fit
      from article_in_force a join wanted w on w.locale = a.locale),
    told as (
      select word, ln(1 + count(*)::float / (1 + count(*) filter (where fit > 0.3))) as rarity from fits group by word)
    select slug, locale, title, summary,
           sum(fit * rarity) / sum(rarity) + case when locale = ${locale} then 0.05 else 0 end as best
    from fits join told using (word) group by slug, locale, title, summary
    having sum(fit * rarity) / sum(rarity) > 0.15 order by best desc, slug limit ${most.found * 2}`.execute(
    db
  );

  const once = new Map<string, Likely>();
  for (const { slug, locale: of, title, summary, best } of rows)
    if (!once.has(slug))
      once.set(slug, { slug, locale: localeOf(of), title, summary, isLikely: best >= likelyFrom });
  return [...once.values()].slice(0, most.found);
}

/** How like a word is to one of a text; nothing where it is so only by chance. */
const alike = (text: RawBuilder<unknown>) => sql`(
  select case when likeness >= 0.5 then likeness else 0 end from (select word_similarity(w.word, lower(unaccent(${text}))) as likeness))`;

/** Small words are in every article. */
function wordsIn(question: string): string[] {
  const plain = question.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().slice(0, 300);
  const words = plain.match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return [...new Set(words.filter((word) => !small.has(word)))]
    .slice(0, most.words)
    .map((word) => word.slice(0, most.length));
}

const small = new Set(
  (
    'the and for you your can how what when why who does did are was with from have has get got need want this that there ' +
    'los las una uno unos por para con que como cuando donde quien del mis mi sus hay esta este puedo tengo quiero necesito'
  ).split(' ')
);
