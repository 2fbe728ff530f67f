/** Brings the articles that are shipped with Hearth into the help centre. What was changed at the desk stays. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { withConnection } from '#lib/platform/server/connection.ts';
import { locales } from '#lib/platform/language.ts';
import { parse } from 'yaml';
import { type Article, articleOf } from '../article.ts';

/** What most people come for stands first under its topic; the rest follow by their names. */
const foremost =
  'smell-of-gas carbon-monoxide read-my-bill bill-higher-than-usual how-to-pay cannot-pay give-a-reading moving-in moving-out ' +
  'order-a-cylinder no-gas-at-home pilot-light connect-my-account follow-my-request priority-services complain';
const first = foremost.split(' ');

const folder = join(import.meta.dirname, '../articles');

/** All articles that are shipped, from `articles/<locale>/<slug>.md`. */
export function shippedArticles(): Article[] {
  return locales.flatMap((locale) =>
    readdirSync(join(folder, locale))
      .filter((file) => file.endsWith('.md'))
      .toSorted()
      .map((file) => {
        const [, head = '', body = ''] =
          /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(join(folder, locale, file), 'utf8')) ?? [];
        return articleOf(basename(file, '.md'), locale, parse(head), body);
      })
  );
}

/**
 * Writes what has changed since it was last shipped as a new version. `url` is the owner's. A language of an article
 * in which somebody at the desk wrote the newest version is left alone.
 */
export function publishArticles(url: string, articles: Article[]) {
  return withConnection(url, async (client) => {
    await client.query('begin');
    for (const [place, { slug, topic, locale, ...said }] of articles.entries()) {
      await client.query(
        `insert into article (slug, topic, place) values ($1, $2, $3)
         on conflict (slug) do update set topic = excluded.topic, place = excluded.place
         where article.kept_by is null and article.created_by is null`,
        [slug, topic, first.includes(slug) ? first.indexOf(slug) : first.length + place]
      );
      await client.query(
        `with newest as (
           select a.id, v.version, v.written_by, v.title, v.summary, v.body, v.questions, v.action
           from article a
           left join article_version v on v.article_id = a.id and v.locale = $2 and v.state <> 'withdrawn'
           where a.slug = $1 and a.created_by is null order by v.version desc nulls last limit 1)
         insert into article_version (article_id, locale, version, title, summary, body, questions, action, state)
         select id, $2,
                1 + (select coalesce(max(version), 0) from article_version where article_id = id and locale = $2),
                $3, $4, $5, $6, $7, 'approved' from newest
         where written_by is null
           and (title, summary, body, questions, action) is distinct from ($3, $4, $5, $6::text[], $7)`,
        [slug, locale, said.title, said.summary, said.body, said.questions, said.action]
      );
    }
    await client.query('commit');
  });
}
