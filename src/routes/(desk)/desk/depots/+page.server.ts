/** The depots and what each serves: without one nothing can be brought. Supervisors and admins keep them. */
import { addDepot, depotList, retireDepot, saveDepot } from '#lib/orders/server/depots.ts';
import { mayEditProducts } from '#lib/orders/server/products.ts';
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import { clean } from '#lib/platform/cleaning.ts';
import { textIn, textsIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { listAreas } from '#lib/slots/server/planning.ts';
import { answer } from '../../../form-action.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => ({
  depots: await depotList(event.locals.db, keeper(event)),
  areas: (await listAreas(event.locals.db)).map(({ code, name }) => ({ code, name })),
  done: event.url.searchParams.has('done')
});

export const actions: Actions = {
  add: (event) => act(event, (staff, form) => addDepot(event.locals.db, staff, depotIn(form))),
  save: (event) =>
    act(event, (staff, form) => saveDepot(event.locals.db, staff, textIn(form, 'id'), depotIn(form))),
  retire: (event) =>
    act(event, (staff, form) =>
      retireDepot(event.locals.db, staff, textIn(form, 'id'), textIn(form, 'to') === 'retired')
    )
};

function depotIn(form: FormData) {
  const name = clean(textIn(form, 'name')).trim();
  if (name.length < 2 || name.length > 60) refuse('invalid', 'orders.depot_wrong');
  return { name, areas: textsIn(form, 'areas') };
}

/** What went wrong is said where it was typed. */
async function act(event: RequestEvent, command: (staff: Staff, form: FormData) => Promise<unknown>) {
  const staff = keeper(event);
  const form = await event.request.formData();
  const next = async () => (await command(staff, form), '/desk/depots?done=1');
  return answer(event.locals.t, next, (problem) => ({
    ...{ at: textIn(form, 'id'), problem, name: textIn(form, 'name'), areas: textsIn(form, 'areas') }
  }));
}

const keeper = ({ locals: { actor } }: { locals: App.Locals }) =>
  isStaff(actor) && mayEditProducts(actor) ? actor : refuse('missing', 'errors.missing');
