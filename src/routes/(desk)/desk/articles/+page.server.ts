/** All articles of the help centre, with where each language stands. */
import { topics } from '#lib/help/article.ts';
import { listForDesk } from '#lib/help/server/desk.ts';
import { shares } from '#lib/help/server/helped.ts';
import { staff } from './answer.ts';
import type { PageServerLoad } from './$types';

const views = ['all', 'proposed', 'draft', 'scheduled', 'incomplete', 'retired'] as const;
type View = (typeof views)[number];

export const load: PageServerLoad = async ({ locals, url }) => {
  staff(locals);
  const [all, shareOf] = await Promise.all([listForDesk(locals.db), shares(locals.db)]);
  const show = views.find((one) => one === url.searchParams.get('show')) ?? 'all';
  return {
    show,
    views: views.map((view) => ({ view, count: all.filter((one) => isIn(view, one)).length })),
    articles: all
      .filter((one) => isIn(show, one))
      .toSorted((a, b) => topics.indexOf(a.topic) - topics.indexOf(b.topic))
      .map((one) => ({ ...one, title: titleOf(one, locals.locale) ?? one.slug, share: shareOf.get(one.id) }))
  };
};

type Listed = Awaited<ReturnType<typeof listForDesk>>[number];

function isIn(view: View, { retired_at, languages }: Listed) {
  if (view === 'retired') return retired_at !== null;
  if (retired_at !== null) return false;
  if (view === 'incomplete') return languages.some(({ in_force }) => !in_force);
  return view === 'all' || languages.some(({ open }) => open === view);
}

const titleOf = ({ languages }: Listed, locale: string) =>
  (languages.find((one) => one.locale === locale && one.title) ?? languages.find(({ title }) => title))
    ?.title;
