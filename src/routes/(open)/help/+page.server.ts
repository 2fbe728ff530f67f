/** The help centre: answers by topic, and a search. */
import { topics } from '#lib/help/article.ts';
import { mostAsked } from '#lib/help/server/helped.ts';
import { listArticles, searchArticles } from '#lib/help/server/queries.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db, locale } = event.locals;
  const asked = event.url.searchParams.get('q') ?? '';
  const search = asked.trim().slice(0, 300);
  if (search)
    return htmlOnly({ search, found: await searchArticles(db, search, locale), asked: [], topics: [] });

  const [articles, most] = await Promise.all([listArticles(db, locale), mostAsked(db, locale)]);
  return htmlOnly({
    search,
    found: null,
    asked: most.map((article) => ({ ...article, locale })),
    topics: topics
      .map((topic) => ({
        topic,
        articles: articles
          .filter((article) => article.topic === topic)
          .map(({ slug, title, summary }) => ({ slug, title, summary, locale }))
      }))
      .filter((group) => group.articles.length > 0)
  });
};
