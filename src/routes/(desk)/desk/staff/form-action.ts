/** How a form of these pages is answered: read, done by an admin, and a page shown; or refused with nothing lost. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { mayManageStaff } from '#lib/people/access.ts';
import { readFields, type FieldName, type Typed } from '#lib/people/form.ts';
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { keyOf, textIn } from '#lib/platform/posted.ts';
import { Refusal, refuse } from '#lib/platform/refusal.ts';
import { sayNo, sayRefused } from '../../../(open)/form-errors.ts';

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

    const reading = readFields(data, fields);
    if (!reading.ok) return sayNo(locals.t, reading.typed, reading.problems);
    let to: string;
    try {
      to = await command({ db: locals.db, actor, typed: reading.typed, key: keyOf(textIn(data, 'key')), id });
    } catch (refusal) {
      if (refusal instanceof Refusal && refusal.kind === 'missing') throw refusal;
      return sayRefused(locals.t, reading.typed, refusal);
    }
    redirect(303, to);
  };
