/** How a form of these pages is answered: read, done by an admin, and a page shown; or refused with nothing lost. */
import type { RequestEvent } from '@sveltejs/kit';
import { mayManageStaff } from '#lib/people/access.ts';
import type { FieldName, Typed } from '#lib/people/form.ts';
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { answerFields } from '../../../(open)/form-errors.ts';

/** The admin who is here. To everybody else there is nothing here. */
export const admin = ({ actor }: App.Locals): Staff =>
  isStaff(actor) && mayManageStaff(actor) ? actor : refuse('missing', 'errors.missing');

interface Posted<Field extends FieldName> {
  db: App.Locals['db'];
  actor: Staff;
  typed: Typed<Field>;
  /** Of the form. */
  key: string;
  /** What the page is about, or the row of it that the form stands in. */
  id: string;
}

/** An action that accepts these fields, does `command`, and goes to the address that it gives. */
export const answer =
  <Field extends FieldName>(fields: readonly Field[], command: (posted: Posted<Field>) => Promise<string>) =>
  async (event: RequestEvent) => {
    const { locals, params } = event;
    const actor = admin(locals);
    const data = await event.request.formData();
    const id = params['id'] ?? textIn(data, 'id');
    if (id !== '' && !isId(id)) refuse('missing', 'errors.missing');
    const key = keyOf(textIn(data, 'key'));
    return answerFields(event, fields, (typed) => command({ db: locals.db, actor, typed, key, id }), {
      saysMissing: false
    });
  };
