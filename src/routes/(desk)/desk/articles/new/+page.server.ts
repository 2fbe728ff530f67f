/** Beginning an article. The key of the form becomes its own, so that sent twice it is one. */
import { fail } from '@sveltejs/kit';
import { readDraft, typedOf } from '#lib/help/form.ts';
import { beginArticle, proposeArticle } from '#lib/help/server/writing.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { inWords } from '../../../../(open)/form-errors.ts';
import { answer, staff } from '../answer.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  staff(locals);
  return { key: keyOf(null), typed: typedOf('', {}) };
};

export const actions: Actions = {
  save: (event) => begin(event, false),
  propose: (event) => begin(event, true)
};

async function begin({ locals, request }: { locals: App.Locals; request: Request }, propose: boolean) {
  const actor = staff(locals);
  const form = await request.formData();
  const key = keyOf(textIn(form, 'key'));
  const read = readDraft(form);
  if (!read.ok) return fail(422, { key, typed: read.typed, problems: inWords(locals.t, read.problems) });
  return answer(locals, read.typed, async () => {
    const slug = await beginArticle(locals.db, actor, key, read.draft);
    if (propose) await proposeArticle(locals.db, actor, slug);
    return `/desk/articles/${slug}?done=${propose ? 'proposed' : 'saved'}`;
  });
}
