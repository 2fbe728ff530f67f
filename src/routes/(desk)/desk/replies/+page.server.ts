/** Replies that are said often: one's own to be written, those of teams to be kept by who may. */
import { fail, type RequestEvent } from '@sveltejs/kit';
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { listTeams } from '#lib/people/server/staff.ts';
import { mayKeepReplies } from '#lib/requests/access.ts';
import { readReply } from '#lib/desk/saved-reply.ts';
import * as replies from '#lib/desk/server/saved-replies.ts';
import { answer } from '../../../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, url: { searchParams } }) => {
  const me = staff(actor);
  return {
    replies: (await replies.savedReplies(db, me)).map(({ person_id, ...reply }) => ({
      ...reply,
      own: person_id === me.id
    })),
    teams: mayKeepReplies(me) ? await listTeams(db) : [],
    keeps: mayKeepReplies(me),
    editing: searchParams.get('edit'),
    done: searchParams.has('done')
  };
};

export const actions: Actions = {
  save: async (event) => {
    const form = await event.request.formData();
    const id = textIn(form, 'id');
    const whose = textIn(form, 'whose') || 'own';
    const typed = { name: textIn(form, 'name'), text: textIn(form, 'text') };
    const { value, problems } = readReply(typed);
    const again = { id, whose, ...typed };
    if (Object.keys(problems).length > 0) return fail(422, { ...again, problems, problem: undefined });
    return act(event, again, ({ db, actor }) =>
      id
        ? replies.changeReply(db, idIn(form), value)
        : replies.saveReply(db, staff(actor), whoseIn(whose), value)
    );
  },
  drop: async (event) => {
    const form = await event.request.formData();
    return act(event, {}, ({ db }) => replies.dropReply(db, idIn(form)));
  },
  propose: async (event) => {
    const form = await event.request.formData();
    return act(event, {}, ({ db, actor }) =>
      replies.proposeReply(db, staff(actor), idIn(form), textIn(form, 'to') !== 'no')
    );
  },
  decide: async (event) => {
    const form = await event.request.formData();
    const to = textIn(form, 'to');
    return act(event, {}, ({ db, actor }) =>
      replies.decideReply(db, staff(actor), idIn(form), to === 'no' ? 'no' : whoseIn(to))
    );
  }
};

interface Again {
  id?: string;
  whose?: string;
  name?: string;
  text?: string;
}

function act({ locals }: RequestEvent, again: Again, command: (locals: App.Locals) => Promise<unknown>) {
  staff(locals.actor);
  return answer(
    locals.t,
    async () => (await command(locals), '/desk/replies?done'),
    (problem) => ({ ...again, problems: {}, problem }),
    { saysMissing: true }
  );
}

const whoseIn = (text: string): replies.Whose =>
  text === 'own' || text === 'all'
    ? text
    : isId(text)
      ? { team: text }
      : refuse('invalid', 'replies.whose_wrong');

const idIn = (form: FormData) => {
  const id = textIn(form, 'id');
  return isId(id) ? id : refuse('missing', 'replies.gone');
};

const staff = (actor: App.Locals['actor']): Staff =>
  isStaff(actor) ? actor : refuse('missing', 'errors.missing');
