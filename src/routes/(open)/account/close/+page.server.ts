/** Closing the account: what goes and what stays, with the password; and the way back, while it waits. */
import { fail } from '@sveltejs/kit';
import { type Problem, readFields } from '#lib/people/form.ts';
import { isPasswordOf } from '#lib/people/server/account-password.ts';
import { auth } from '#lib/people/server/runtime.ts';
import { endSessions } from '#lib/people/server/own-sessions.ts';
import { writeDate } from '#lib/platform/dates.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { daysToThinkAgain } from '#lib/privacy/closing.ts';
import { askToClose, closingOf, endsWith, withdrawClosing } from '#lib/privacy/server/closing.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { above, answer } from '../../../form-action.ts';
import { inWords } from '../../form-errors.ts';
import { signedIn, signedInCustomer } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { id } = signedInCustomer(event);
  const { db, locale } = event.locals;
  const { waiting, waits } = await closingOf(db, id);
  return htmlOnly({
    day: waiting && writeDate(dayAt(waiting.due_at, config.timeZone), locale),
    waits,
    ends: await endsWith(db, id),
    days: daysToThinkAgain,
    phone: config.utilityPhone,
    kept: event.url.searchParams.has('kept')
  });
};

export const actions: Actions = {
  close: async (event) => {
    const actor = signedInCustomer(event);
    const { session } = signedIn(event);
    const { db, t } = event.locals;
    const posted = await event.request.formData();
    const reading = readFields(posted, ['password']);
    const sure = textIn(posted, 'sure') === 'yes';
    if (!reading.ok || !sure) {
      const unsure: Problem = { words: 'privacy.close_sure_none' };
      const problems = { ...(!sure && { sure: unsure }), ...(reading.ok ? {} : reading.problems) };
      return fail(422, { sure, problems: inWords(t, problems) });
    }
    const close = async () => {
      if (!(await isPasswordOf(auth, actor.id, reading.typed.password, event.getClientAddress())))
        refuse('invalid', 'account.password_wrong');
      await askToClose(db, actor, actor.id);
      // Whoever else is signed in as them has no more say in it.
      await endSessions(auth.db, actor.id, { but: session });
      return '/account/close';
    };
    return answer(t, close, (problem, { words }) => ({
      sure,
      problems: { [words === 'account.password_wrong' ? 'password' : '']: problem }
    }));
  },

  keep: async (event) => {
    const actor = signedInCustomer(event);
    const { db, t } = event.locals;
    const keep = async () => (await withdrawClosing(db, actor, actor.id), '/account/close?kept');
    return answer(t, keep, (problem) => ({ sure: false, ...above(problem) }));
  }
};
