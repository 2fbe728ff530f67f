/** What an article said before, what each version changed, and the way back to one. */
import { difference } from '#lib/help/difference.ts';
import type { Texts } from '#lib/help/form.ts';
import { standings } from '#lib/help/life.ts';
import { articleForDesk } from '#lib/help/server/desk.ts';
import { goBackTo } from '#lib/help/server/writing.ts';
import { numberIn, textIn } from '#lib/platform/posted.ts';
import { localeOf, locales } from '#lib/platform/language.ts';
import { answer, staff } from '../../answer.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  staff(locals);
  const { slug, versions: all } = await articleForDesk(locals.db, params.slug);
  const locale = locales.find((one) => one === url.searchParams.get('in')) ?? locals.locale;
  const versions = standings(
    all.filter((one) => one.locale === locale),
    new Date()
  );
  const asked = Number(url.searchParams.get('version'));
  const shown = versions.find(({ version }) => version === asked) ?? versions[0];
  const before = shown && versions.find(({ version }) => version < shown.version);
  return {
    slug,
    in: locale,
    title: shown?.title ?? slug,
    versions: versions.map(({ version, standing, writer, approver, note, updated_at, valid_from }) => ({
      ...{ version, standing, writer, approver, note, updated_at, valid_from }
    })),
    shown: shown ? { version: shown.version, newest: shown === versions[0] } : null,
    before: before?.version ?? null,
    lines: shown ? difference(before ? plainly(before) : '', plainly(shown)) : []
  };
};

const plainly = ({ title, summary, body, questions, action }: Texts) =>
  [title, summary, '', ...body.split('\n'), '', ...questions, ...(action ? ['', action] : [])].join('\n');

export const actions: Actions = {
  default: async ({ locals, params, request }) => {
    const actor = staff(locals);
    const form = await request.formData();
    const given = textIn(form, 'locale');
    const locale = localeOf(given);
    return answer(locals, {}, async () => {
      await goBackTo(locals.db, actor, params.slug, { locale, version: numberIn(form, 'number') });
      return `/desk/articles/${params.slug}?done=saved`;
    });
  }
};
