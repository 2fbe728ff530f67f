/** One article: written on, proposed, approved, taken back, retired. */
import { fail } from '@sveltejs/kit';
import { mayApprove, mayKeepArticles } from '#lib/help/access.ts';
import { readDraft, typedOf } from '#lib/help/form.ts';
import { seenOf, standings } from '#lib/help/life.ts';
import { approveArticle, keepArticle, sendBack, withdraw } from '#lib/help/server/approving.ts';
import { articleForDesk, textsOf } from '#lib/help/server/desk.ts';
import { shares, wordsOfReaders } from '#lib/help/server/helped.ts';
import { proposeArticle, saveArticle } from '#lib/help/server/writing.ts';
import { readLocalTime } from '#lib/help/local-time.ts';
import { textIn } from '#lib/platform/posted.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { locales } from '#lib/platform/language.ts';
import { inWords } from '../../../../(open)/form-errors.ts';
import { answer, staff } from '../answer.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const done = [
  'saved',
  'proposed',
  'approved',
  'scheduled',
  'sent_back',
  'withdrawn',
  'retired',
  'back'
] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const actor = staff(locals);
  const article = await articleForDesk(locals.db, params.slug);
  const [shareOf, said] = await Promise.all([shares(locals.db), wordsOfReaders(locals.db, article.id)]);
  const proposed = article.versions.filter(({ state }) => state === 'proposed');
  const now = new Date();
  return {
    slug: article.slug,
    retired: article.retired_at,
    typed: typedOf(article.topic, textsOf(article.versions)),
    seen: seenOf(article.versions),
    languages: locales.map((locale) => ({
      locale,
      versions: standings(
        article.versions.filter((one) => one.locale === locale),
        now
      )
        .filter(({ standing }) => standing !== 'replaced' && standing !== 'withdrawn')
        .map(({ version, standing, writer, approver, note, valid_from, updated_at }) => ({
          ...{ version, standing, writer, approver, note, valid_from, updated_at }
        }))
    })),
    may: {
      keep: mayKeepArticles(actor),
      approve: proposed.length > 0 && proposed.every((one) => mayApprove(actor, one))
    },
    share: shareOf.get(article.id) ?? { views: 0, helped: 0, answers: 0 },
    said,
    done: done.find((one) => one === url.searchParams.get('done')) ?? null
  };
};

export const actions: Actions = {
  save: (event) => save(event, false),
  propose: (event) => save(event, true),

  approve: async ({ locals, params, request }) => {
    const actor = staff(locals);
    const form = await request.formData();
    const typed = textIn(form, 'from');
    const from = typed === '' ? null : readLocalTime(typed, config.timeZone);
    if (typed !== '' && !from)
      return fail(422, { from: typed, problems: { from: locals.t('articles.time_wrong') } });
    return answer(locals, {}, async () => {
      await approveArticle(locals.db, actor, params.slug, { seen: textIn(form, 'seen'), from });
      return to(params.slug, from && from > new Date() ? 'scheduled' : 'approved');
    });
  },

  back: async ({ locals, params, request }) => {
    const actor = staff(locals);
    const note = textIn(await request.formData(), 'note')
      .trim()
      .slice(0, 500);
    return answer(locals, {}, async () => {
      await sendBack(locals.db, actor, params.slug, note || null);
      return to(params.slug, 'sent_back');
    });
  },

  withdraw: async ({ locals, params, request }) => {
    const actor = staff(locals);
    const seen = textIn(await request.formData(), 'seen');
    return answer(locals, {}, async () => {
      await withdraw(locals.db, actor, params.slug, { seen });
      return to(params.slug, 'withdrawn');
    });
  },

  retire: async ({ locals, params, request }) => {
    const actor = staff(locals);
    const retired = textIn(await request.formData(), 'to') !== 'back';
    return answer(locals, {}, async () => {
      await keepArticle(locals.db, actor, params.slug, { retired });
      return to(params.slug, retired ? 'retired' : 'back');
    });
  }
};

const to = (slug: string, what: (typeof done)[number]) => `/desk/articles/${slug}?done=${what}`;

async function save({ locals, params, request }: RequestEvent, propose: boolean) {
  const actor = staff(locals);
  const form = await request.formData();
  const read = readDraft(form);
  const seen = textIn(form, 'seen');
  if (!read.ok) return fail(422, { seen, typed: read.typed, problems: inWords(locals.t, read.problems) });
  const { db } = locals;
  const { draft, typed } = read;
  return answer(locals, typed, async () => {
    await saveArticle(db, actor, params.slug, seen, draft);
    if (mayKeepArticles(actor)) await keepArticle(db, actor, params.slug, { topic: draft.topic });
    if (propose) await proposeArticle(db, actor, params.slug);
    return to(params.slug, propose ? 'proposed' : 'saved');
  });
}
