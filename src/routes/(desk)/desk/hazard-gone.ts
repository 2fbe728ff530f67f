/** Something that was to be minded at a place is there no more: said wherever staff read of it. */
import { isStaff } from '#lib/platform/actor.ts';
import { isId } from '#lib/platform/id.ts';
import { textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { sayGone } from '#lib/visits/server/hazards.ts';

export async function noteGone({ db, actor }: App.Locals, form: FormData) {
  const premises = textIn(form, 'premises');
  if (!isStaff(actor) || !isId(premises)) refuse('missing', 'errors.missing');
  await sayGone(db, actor, { premises, hazard: textIn(form, 'hazard') });
}
