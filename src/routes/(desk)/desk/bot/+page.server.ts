/** What the bot answered, and one click to teach it better. */
import { fail } from '@sveltejs/kit';
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import { isKey, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { views } from '#lib/chat/answer-row.ts';
import { askedIn, lately, listAnswers } from '#lib/chat/server/answered.ts';
import { wantsPerson } from '#lib/chat/wants-person.ts';
import { screenText } from '#lib/emergencies/server/screening.ts';
import { mayTeach } from '#lib/help/access.ts';
import { lessonOf } from '#lib/help/lesson.ts';
import { proposals } from '#lib/help/server/lesson-queries.ts';
import { teachLesson } from '#lib/help/server/lessons.ts';
import { topicsToTeach } from '#lib/help/server/topics.ts';
import { answer } from '../../../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, t }, url: { searchParams } }) => {
  const view = views.find((one) => one === searchParams.get('show')) ?? 'newest';
  const before = searchParams.get('before');
  return {
    view,
    ...(await listAnswers(db, view, isKey(before) ? before : null)),
    topics: await topicsToTeach(db, t),
    week: await lately(db),
    proposed: (await proposals(db)).length,
    teaches: mayTeach(actor),
    done: searchParams.get('done')
  };
};

export const actions: Actions = {
  teach: async ({ locals: { db, actor, t }, request }) => {
    const form = await request.formData();
    const id = textIn(form, 'id');
    const asked = isKey(id) ? await askedIn(db, id) : null;
    // One click says only which answer is right: the question is the one that was asked.
    const question = form.has('question') ? textIn(form, 'question') : lessonOf(asked?.question ?? '');
    const lesson = { question: question.trim(), topic: textIn(form, 'topic') };
    const view = views.find((one) => one === form.get('show')) ?? 'newest';
    const refused = { answer: id, ...lesson };
    // Danger and the wish for a person are heard before the bot: it would never be asked.
    if (wantsPerson(lesson.question) || (await screenText(lesson.question)).level !== 'clear')
      return fail(422, { ...refused, problem: t('bot.lesson_guarded') });
    const teach = async () => {
      const isInForce = await teachLesson(db, staff(actor), { ...lesson, askedBy: asked?.person_id ?? null });
      return `/desk/bot?show=${view}&done=${isInForce ? 'taught' : 'proposed'}`;
    };
    return answer(t, teach, (problem) => ({ ...refused, problem }));
  }
};

const staff = (actor: App.Locals['actor']): Staff =>
  isStaff(actor) ? actor : refuse('missing', 'errors.missing');
