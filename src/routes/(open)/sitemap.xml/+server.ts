/** The pages that search engines may find: the help centre, and what is open beside it. */
import { listArticles } from '#lib/help/server/queries.ts';
import { nobody } from '#lib/platform/actor.ts';
import { config, database } from '#lib/platform/server/runtime.ts';
import { locales } from '#lib/platform/language.ts';
import type { RequestHandler } from './$types';

const open = [
  '/',
  '/help',
  '/prices',
  '/emergency',
  '/contact',
  '/complaints',
  '/requests/new',
  '/accessibility',
  '/privacy'
];

export const GET: RequestHandler = async () => {
  const db = database.as(nobody);
  const lists = await Promise.all(locales.map((locale) => listArticles(db, locale)));
  const slugs = new Set(lists.flat().map(({ slug }) => slug));
  const urls = [...open, ...[...slugs].map((slug) => `/help/${slug}`)];
  // Neither an origin nor a slug has a sign that XML would have to be spared.
  const lines = urls.map((path) => `  <url><loc>${config.origin}${path}</loc></url>`);
  const body = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...lines,
    '</urlset>',
    ''
  ];
  return new Response(body.join('\n'), {
    headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, max-age=3600' }
  });
};
