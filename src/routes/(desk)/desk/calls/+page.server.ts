/** Calls that customers wait for, and how each try went. */
import { fail } from '@sveltejs/kit';
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import { numberIn, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { localeOf } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { mostTries } from '#lib/chat/call-back.ts';
import { callsToMake, noteTry, type Try } from '#lib/chat/server/call-backs.ts';
import { sayWindow, windowChoices, windowsNow } from '#lib/chat/server/calling.ts';
import { answer } from '../../../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, t }, depends }) => {
  depends('desk:calls');
  const now = new Date();
  return {
    windows: windowChoices(t, now),
    mostTries,
    calls: (await callsToMake(db)).map((call) => ({
      ...call,
      when: sayWindow({ from: call.begins_at, to: call.ends_at }, t, now),
      state:
        call.ends_at < now ? ('late' as const) : call.begins_at <= now ? ('now' as const) : ('later' as const)
    }))
  };
};

export const actions: Actions = {
  default: async ({ locals: { db, actor, t }, request }) => {
    const form = await request.formData();
    const reference = textIn(form, 'id');
    const now = new Date();
    const window = windowsNow(now).find(({ id }) => id === textIn(form, 'to'));
    const outcome = textIn(form, 'then');
    const before = { tries: numberIn(form, 'seen'), now };
    const tried: Try | null =
      outcome === 'again'
        ? window
          ? { ...before, outcome, window }
          : null
        : outcome === 'reached' || outcome === 'given_up'
          ? { ...before, outcome }
          : refuse('invalid', 'errors.missing');
    if (!tried) return fail(422, { problem: t('calls.window_gone') });
    return answer(t, async () => {
      await noteTry(db, staff(actor), reference, tried, said);
      return '/desk/calls';
    });
  }
};

/** What the customer reads of it. */
function said(tried: Try, locale: string) {
  const t = wordsFor(localeOf(locale));
  if (tried.outcome !== 'again') return t(`calls.said_${tried.outcome}`);
  return t('calls.said_again', { when: sayWindow(tried.window, t, tried.now) });
}

const staff = (actor: App.Locals['actor']): Staff =>
  isStaff(actor) ? actor : refuse('missing', 'errors.missing');
