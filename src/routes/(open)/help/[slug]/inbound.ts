/** What is known here of whether an answer helped: how the words wait. */
import { keepDraft } from '#lib/forms/server/drafts.ts';
import type { Told } from '#lib/forms/server/told-by-route.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import type { RequestEvent } from './$types';

export const inbound = async ({ locals: { db, actor } }: RequestEvent, form: FormData): Promise<Told> => ({
  channel: 'help',
  keep: () =>
    keepDraft(db, actor, {
      ...{ key: keyOf(textIn(form, 'key')), form: 'helped' },
      typed: { text: textIn(form, 'words').trim() }
    })
});
