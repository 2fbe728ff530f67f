/** One answer, with what one does next, what else there is on the topic, and the question whether it helped. */
import { error, fail } from '@sveltejs/kit';
import { forgetDraft, typedUnder } from '#lib/forms/server/drafts.ts';
import { bounds } from '#lib/help/article.ts';
import { countView, sayWhetherItHelped } from '#lib/help/server/helped.ts';
import { findArticle, listArticles } from '#lib/help/server/queries.ts';
import { htmlOf } from '#lib/help/markdown.ts';
import { isBlank, lengthOf } from '#lib/platform/cleaning.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { keyOf, numberIn, textIn } from '#lib/platform/posted.ts';
import { isFromChat } from '#lib/chat/turn.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { isLocale, locales } from '#lib/platform/language.ts';
import { rememberVisitor } from '#lib/people/server/remember-visitor.ts';
import { answer } from '../../../form-action.ts';
import { isLookedAt } from '../../../looking.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url, request, locals: { db, actor, locale, t } }) => {
  const wanted = locales.find((one) => one === url.searchParams.get('in')) ?? locale;
  const article = await findArticle(db, params.slug, wanted);
  if (!article) error(404, t('errors.missing'));

  const { slug, topic, title, summary, action, version } = article;
  if (request.method === 'GET' && !isStaff(actor) && isLookedAt(request)) await countView(db, slug);
  const beside = (await listArticles(db, locale)).filter((it) => it.topic === topic && it.slug !== slug);
  const given = url.searchParams.get('key');
  const { text = '' } = await typedUnder(db, given, 'helped');
  return htmlOnly({
    article: { slug, title, summary, action, version, locale: article.locale },
    html: htmlOf(article.body, { name: config.utilityName, phone: config.utilityPhone }),
    more: beside.slice(0, 5).map((it) => ({ ...it, locale })),
    missing: article.locale !== locale && wanted === locale,
    asks: !isStaff(actor),
    said: ['yes', 'no'].find((one) => one === url.searchParams.get('helped')) ?? null,
    key: keyOf(given),
    safe: url.searchParams.get('safe') ?? '',
    typed: text,
    isFromChat: isFromChat(url)
  });
};

export const actions: Actions = {
  helped: async (event) => {
    const { params, request, locals } = event;
    const article = isStaff(locals.actor) ? null : await findArticle(locals.db, params.slug, locals.locale);
    if (!article) error(404, locals.t('errors.missing'));
    const form = await request.formData();
    const key = keyOf(form.get('key'));
    const words = textIn(form, 'words').trim();
    const said = textIn(form, 'helped');
    const given = textIn(form, 'locale');
    const locale = isLocale(given) ? given : article.locale;
    rememberVisitor(event);

    const { db, actor, t } = locals;
    const typed = { words, said, key };
    if (said !== 'yes' && said !== 'no') return fail(422, { ...typed, problem: t('help.helped_choose') });
    if (lengthOf(words) > bounds.words)
      return fail(422, { ...typed, problem: t('form.too_long', { max: bounds.words }) });

    const say = async () => {
      const read = await findArticle(db, article.slug, locale);
      const seen = numberIn(form, 'version');
      await sayWhetherItHelped(db, actor, {
        ...{ slug: article.slug, locale: read?.locale ?? article.locale },
        version: read && seen > 0 && seen < read.version ? seen : (read?.version ?? article.version),
        ...{ helped: said === 'yes', words: isBlank(words) ? null : words }
      });
      await forgetDraft(db, key);
      return `/help/${article.slug}?${new URLSearchParams({ in: locale, helped: said })}#your-answer`;
    };
    return answer(t, say, (problem) => ({ ...typed, problem }));
  }
};
