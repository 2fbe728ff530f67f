/** Asking to be called back: a number, a time, and what it is about. */
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { isCustomer, isStaff, type Customer, type VisitorActor } from '#lib/platform/actor.ts';
import { htmlOnly } from '#lib/platform/html-only.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { Refusal, refuse } from '#lib/platform/refusal.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { profileOf } from '#lib/people/server/queries.ts';
import type { Problem } from '#lib/people/form.ts';
import { rememberVisitor } from '#lib/people/server/remember-visitor.ts';
import { askForCall, openCallOf } from '#lib/chat/server/call-backs.ts';
import { sayWindow, windowChoices, windowsFree } from '#lib/chat/server/calling.ts';
import { expectedForNext } from '#lib/chat/server/waiting.ts';
import { isAtWork } from '#lib/chat/server/office.ts';
import { forgetDraft, typedUnder } from '#lib/forms/server/drafts.ts';
import { cancelRequest } from '#lib/requests/server/transitions.ts';
import { dayAt } from '#lib/requests/status-text.ts';
import { answer } from '../../form-action.ts';
import { callAsked, formName } from './asked.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals: { db, actor, t } }) => {
  if (isStaff(actor)) redirect(303, '/desk/calls');
  const now = new Date();
  const call = await openCallOf(db);
  return htmlOnly({
    key: keyOf(url.searchParams.get('key')),
    typed: await typedUnder(db, url.searchParams.get('key'), formName),
    safe: url.searchParams.get('safe') ?? '',
    calledOff: url.searchParams.has('off'),
    open: isAtWork(now),
    expected: call ? null : await expectedForNext(db, t, now),
    windows: windowChoices(t, now, await windowsFree(db, now)),
    phone: isCustomer(actor) ? ((await profileOf(db, actor.id)).phone ?? '') : '',
    isCustomers: isCustomer(actor),
    call: call && {
      reference: call.reference,
      phone: call.phone.replace(';ext=', ' ext. '),
      tries: call.tries,
      when: sayWindow({ from: call.begins_at, to: call.ends_at }, t, now)
    }
  });
};

export const actions: Actions = {
  ask: async (event) => {
    customerOrVisitor(event);
    rememberVisitor(event);
    const form = await event.request.formData();
    const { typed, problems: wrong } = callAsked(form);
    const key = keyOf(form.get('key'));
    const safe = textIn(form, 'safe');
    const { db, locale, t } = event.locals;
    const actor = customerOrVisitor(event);

    const now = new Date();
    const window = (await windowsFree(db, now)).find(({ id }) => id === typed.window);
    // Customers are known by name.
    const { name: _, ...others } = wrong;
    const problems: Record<string, Problem> = {
      ...(isCustomer(actor) ? others : wrong),
      ...(!window && { window: { words: 'calls.window_gone' } })
    };
    if (!window || Object.keys(problems).length > 0) return fail(422, { typed, problems, key, safe });
    const ask = async () => {
      const asked = { ...typed, key, window, locale, now, subject: t('calls.subject') };
      await askForCall(db, actor, asked).catch(hasOneAlready);
      await forgetDraft(db, key);
      return '/call-me';
    };
    return answer(t, ask, (_, { words, values }) => ({
      ...{ typed, key, safe },
      problems: { phone: { words, values } }
    }));
  },
  off: async (event) => {
    const actor = customerOrVisitor(event);
    const { db, t } = event.locals;
    const today = dayAt(new Date(), config.timeZone);
    const off = async () => {
      const call = await openCallOf(db);
      if (call) await cancelRequest(db, actor, call.reference, { today });
      return '/call-me?off';
    };
    return answer(t, off, (refusal) => ({ refusal }));
  }
};

/** The one they have is shown on the page, also to whoever sends the form again. */
function hasOneAlready(problem: unknown) {
  const refused = problem instanceof Refusal && problem.kind === 'conflict';
  if (!refused || problem.words === 'calls.number_full') throw problem;
}

function customerOrVisitor({ locals: { actor } }: Pick<RequestEvent, 'locals'>): Customer | VisitorActor {
  return isCustomer(actor) || actor.kind === 'visitor' ? actor : refuse('missing', 'errors.missing');
}
