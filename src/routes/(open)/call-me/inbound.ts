/** What is known here of a wish to be called: how it waits. */
import { keepDraft } from '#lib/forms/server/drafts.ts';
import type { Told } from '#lib/forms/server/told-by-route.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { callAsked, formName } from './asked.ts';
import type { RequestEvent } from './$types';

export const inbound = async ({ locals: { db, actor } }: RequestEvent, form: FormData): Promise<Told> => ({
  channel: 'call back',
  keep: () =>
    keepDraft(db, actor, { key: keyOf(textIn(form, 'key')), form: formName, typed: callAsked(form).typed })
});
