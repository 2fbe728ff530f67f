/** What the bot can speak about: articles, what can be asked for, and what each person's own account says. */
import type { Db } from '#lib/platform/server/db.ts';
import { locales } from '#lib/platform/language.ts';
import { offeredTypes } from '#lib/catalogue/server/catalogue.ts';
import type { Example } from '../intent/classifier.ts';
import { ownQuestions } from '../questions.ts';
import { taughtNow, versionNow } from './lesson-queries.ts';
import { articlesToLearn, versionsInForce } from './queries.ts';

/** The kind for what no other kind is for answers nothing: nobody is led there as if it did. */
const anythingElse = 'GENERAL';

/** Kinds that customers settle on a page of its own by now: whoever wants one is told by the article that leads there. */
const pages: Record<string, string> = {
  'PAY-ARR': '/bills/programmes/arrangement',
  AUTOPAY: '/bills/programmes/autopay',
  BUDGET: '/bills/programmes/budget',
  PAPERLESS: '/bills/programmes/paperless',
  PREORDER: '/orders/refills',
  PROXY: '/account/access',
  PSR: '/account/priority',
  'DATA-REQ': '/account/data'
};

/** Everything it learns from: what is ours, and what staff taught it on top of that. */
export type Knowledge = { examples: Example[]; taught: Example[] };

export async function knowledgeNow(db: Db): Promise<Knowledge> {
  const articles = await articlesToLearn(db);
  // Where an article ends in asking for something, whoever wants just that is told so by the article.
  const toldBy = new Map(
    articles.flatMap(({ action, slug }) => (action ? [[action, `article:${slug}`] as const] : []))
  );
  const services = [...(await offeredTypes(db)).values()].flatMap(({ type }) => {
    if (type.code === anythingElse) return [];
    const texts = locales.flatMap((locale) => [
      type.name[locale],
      type.summary[locale],
      ...type.keywords[locale].split(',')
    ]);
    const page = pages[type.code] ?? `/requests/new/${type.code}`;
    const category = toldBy.get(page) ?? `service:${type.code}`;
    return texts.map((text) => ({ text: text.trim(), category }));
  });
  const read = articles.flatMap(({ slug, title, summary, questions }) =>
    [title, summary, ...questions].map((text) => ({ text, category: `article:${slug}` }))
  );
  return { examples: [...ownQuestions, ...read, ...services], taught: await taughtNow(db) };
}

/** Changes whenever what it learns from does. */
export async function stateOfKnowledge(db: Db): Promise<string> {
  const offered = await db
    .selectFrom('service_type')
    .select(['code', 'version'])
    .where('offered', '=', true)
    .orderBy('code')
    .execute();
  const articles = await versionsInForce(db);
  return [
    `taught ${await versionNow(db)}`,
    ...offered.map(({ code, version }) => `${code} ${version}`),
    ...articles.map(({ slug, locale, version }) => `${slug} ${locale} ${version}`)
  ].join(',');
}
