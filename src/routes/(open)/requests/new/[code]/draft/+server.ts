/** Keeps what is being typed, while it is typed. */
import { keyOf } from '#lib/platform/posted.ts';
import { formName, typeAsked, typedSoFar } from '../form-page.ts';
import { keepDraft } from '#lib/forms/server/drafts.ts';
import { keepTyping } from '#lib/forms/server/autosave.ts';
import { rememberVisitor } from '#lib/people/server/remember-visitor.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  rememberVisitor(event);
  const form = await event.request.formData();
  const { type } = await typeAsked(event);
  const key = keyOf(form.get('key'));
  const typed = await typedSoFar(event, type, key, form);
  return keepTyping(() =>
    keepDraft(event.locals.db, event.locals.actor, { key, form: formName(type), typed })
  );
};
