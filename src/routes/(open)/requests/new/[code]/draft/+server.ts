/** Keeps what is being typed, while it is typed. Screens it too: danger does not wait for the button. */
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { isRedirect, json } from '@sveltejs/kit';
import { formName, textsOf, typeAsked, typedSoFar } from '../asking.ts';
import { keepDraft } from '#lib/requests/server/drafts.ts';
import { safetyFirst } from '../../../../../safety-first.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const form = await event.request.formData();
  const { type } = await typeAsked(event);
  const key = keyOf(form.get('key'));
  const typed = await typedSoFar(event, type, key, form);
  const kept = await keepDraft(event.locals.db, event.locals.actor, { key, form: formName(type), typed });

  try {
    await safetyFirst(event, {
      texts: textsOf(type, typed),
      channel: 'draft',
      back: `/requests/new/${type.code}`,
      key,
      safe: textIn(form, 'safe')
    });
  } catch (thrown) {
    // The script follows it; a redirect of a fetch would be followed in silence.
    if (isRedirect(thrown)) return json({ kept, safety: thrown.location });
    throw thrown;
  }
  return json({ kept, safety: null });
};
