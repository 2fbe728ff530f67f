/** One answer, with what one does next and what else there is on the topic. */
import { error } from '@sveltejs/kit';
import { findArticle, listArticles } from '#lib/help/server/queries.ts';
import { htmlOf } from '#lib/help/markdown.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { locales } from '#lib/platform/words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url, locals: { db, locale, t } }) => {
  const wanted = locales.find((one) => one === url.searchParams.get('in')) ?? locale;
  const article = await findArticle(db, params.slug, wanted);
  if (!article) error(404, t('errors.missing'));

  const { slug, topic, title, summary, action } = article;
  const beside = (await listArticles(db, locale)).filter((it) => it.topic === topic && it.slug !== slug);
  return htmlOnly({
    article: { title, summary, action, locale: article.locale },
    html: htmlOf(article.body, { name: config.utilityName, phone: config.utilityPhone }),
    more: beside.slice(0, 5).map((it) => ({ ...it, locale })),
    missing: article.locale !== locale && wanted === locale
  });
};
