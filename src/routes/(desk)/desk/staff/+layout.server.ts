/** Everything about staff: for admins, and for supervisors as far as it is about their team. */
import { mayManageStaff, maySeeStaff } from '#lib/people/access.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { doneIn } from './done.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals: { actor }, url }) => {
  if (!maySeeStaff(actor)) refuse('missing', 'errors.missing');
  return { may: { manage: mayManageStaff(actor) }, done: doneIn(url) };
};
