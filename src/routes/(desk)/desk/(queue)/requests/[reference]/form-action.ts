/** How a form of the desk is answered: read, done, and the request shown again; or refused with nothing lost. */
import { fail } from '@sveltejs/kit';
import type { GenericSchema } from 'valibot';
import { isStaff, type PersonActor } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { isKey } from '#lib/platform/posted.ts';
import type { WordKey } from '#lib/platform/words.ts';
import type { AttachmentView } from '#lib/files/view.ts';
import { readDeskForm } from '#lib/desk/form.ts';
import { readView, usualQueue, writeView } from '#lib/desk/queue.ts';
import { listUnsent } from '#lib/files/server/queries.ts';
import { goOnAfter } from '#lib/forms/server/drafts.ts';
import { answer as answerForm } from '../../../../../form-action.ts';
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
  async ({ locals, params, url, request }: RequestEvent) => {
    const { db, t } = locals;
    const actor = staff(locals);
    const posted = await request.formData();
    const texts = [...posted].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    const typed = Object.fromEntries(texts);
    const attachments = texts.filter(([field]) => field === 'attachment').map(([, id]) => id);
    const again = async (
      problem: string,
      more: { field?: string; since?: number } = {}
    ): Promise<Refused> => {
      const unsent = isKey(typed['key']) ? await listUnsent(db, actor, typed['key']) : [];
      return { form: name, typed, problem, field: '', since: null, unsent, ...more };
    };

    const done = async () => {
      // The shell writes this field, and only with keys of words.
      const turnedAway = typed['attachment_problem'] as WordKey | undefined;
      if (turnedAway) return fail(422, await again(t(turnedAway), { field: 'attachment' }));
      const reading = readDeskForm(schema, posted);
      if (!reading.ok) return fail(422, await again(t(reading.problem), { field: reading.field }));
      await command({ db, actor, reference: params.reference, attachments }, reading.value);
      return url.pathname + writeView(readView(url.searchParams, usualQueue(actor.team)));
    };
    return answerForm(t, done, async (problem, refusal) => {
      // Its key was used for another message: under one of its own it can be sent again, with its files.
      if (refusal.words === 'requests.reply_key_has_other_content')
        typed['key'] = await goOnAfter(db, typed['key'] ?? '', typed['text'] ?? '');
      return again(problem, refusal.kind === 'conflict' ? { since: Number(typed['seen']) || 0 } : {});
    });
  };

export const staff = ({ actor }: App.Locals): PersonActor =>
  isStaff(actor) ? actor : refuse('missing', 'errors.missing');
