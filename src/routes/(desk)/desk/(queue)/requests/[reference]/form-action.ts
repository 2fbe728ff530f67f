/** How a form of the desk is answered: read, done, and the request shown again; or refused with nothing lost. */
import { fail, redirect } from '@sveltejs/kit';
import type { GenericSchema } from 'valibot';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { httpStatus, Refusal, refuse } from '#lib/platform/refusal.ts';
import type { WordKey } from '#lib/platform/words.ts';
import type { AttachmentView } from '#lib/files/view.ts';
import { readDeskForm } from '#lib/desk/form.ts';
import { readView, usualQueue, writeView } from '#lib/desk/queue.ts';
import { listUnsent } from '#lib/files/server/queries.ts';
import { goOnAfter } from '#lib/forms/server/drafts.ts';
import type { RequestEvent } from './$types';

/** What somebody posted: who, on which request, and the files that came along. */
export interface Posted {
  db: App.Locals['db'];
  actor: PersonActor;
  reference: string;
  attachments: string[];
}

/** What the page needs to show a refused form again. `since` is the last event its writer had seen. */
export type Refused = {
  form: string;
  typed: Record<string, string>;
  problem: string;
  field: string;
  since: number | null;
  /** The files that were chosen on it. */
  unsent: AttachmentView[];
};

/** An action called `name`, which accepts `schema` and then does `command`. */
export const answer =
  <Form>(
    name: string,
    schema: GenericSchema<unknown, Form>,
    command: (posted: Posted, form: Form) => Promise<unknown>
  ) =>
  async (event: RequestEvent) => {
    const { locals, params, url } = event;
    const posted = await event.request.formData();
    const texts = [...posted].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    const typed = Object.fromEntries(texts);
    const attachments = texts.filter(([field]) => field === 'attachment').map(([, id]) => id);
    const actor = staff(locals);
    const no = async (status: number, problem: string, more: { field?: string; since?: number } = {}) => {
      const unsent = isUuid(typed['key']) ? await listUnsent(locals.db, actor, typed['key']) : [];
      const refused: Refused = { form: name, typed, problem, field: '', since: null, unsent, ...more };
      return fail(status, refused);
    };

    if (typed['attachment_problem']) {
      // The shell writes this field, and only with keys of words.
      const problem = locals.t(typed['attachment_problem'] as WordKey);
      return no(422, problem, { field: 'attachment' });
    }
    const reading = readDeskForm(schema, posted);
    if (!reading.ok) return no(422, locals.t(reading.problem), { field: reading.field });

    try {
      await command({ db: locals.db, actor, reference: params.reference, attachments }, reading.value);
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.kind === 'missing') throw refusal;
      // Its key was used for another message: under one of its own it can be sent again, with its files.
      if (refusal.words === 'requests.reply_key_has_other_content')
        typed['key'] = await goOnAfter(locals.db, typed['key'] ?? '', typed['text'] ?? '');
      const since = refusal.kind === 'conflict' ? { since: Number(typed['seen']) || 0 } : {};
      return no(httpStatus[refusal.kind], locals.t(refusal.words, refusal.values), since);
    }
    redirect(303, url.pathname + writeView(readView(url.searchParams, usualQueue(actor.team))));
  };

const isUuid = (text: string | undefined): text is string =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text ?? '');

export const staff = ({ actor }: App.Locals): PersonActor =>
  isStaff(actor) ? actor : refuse('missing', 'errors.missing');
