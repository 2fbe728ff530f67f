/** What the bot was taught: what is proposed, what is in force, and every earlier state to go back to. */
import { isStaff, type Staff } from '#lib/platform/actor.ts';
import { numberIn, textIn } from '#lib/platform/posted.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { mayTeach } from '#lib/help/access.ts';
import { lessonsInForce, proposals, versionsOf } from '#lib/help/server/lesson-queries.ts';
import { decideProposal, rollBack, takeBack } from '#lib/help/server/lessons.ts';
import { topicsToTeach } from '#lib/help/server/topics.ts';
import { answer } from '../../../../form-action.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, t } }) => ({
  topics: await topicsToTeach(db, t),
  proposed: await proposals(db),
  inForce: await lessonsInForce(db),
  versions: await versionsOf(db),
  teaches: mayTeach(actor)
});

export const actions: Actions = {
  decide: (event) =>
    changed(event, (actor, form) =>
      decideProposal(event.locals.db, actor, { id: textIn(form, 'id'), isGood: textIn(form, 'to') === 'yes' })
    ),
  back: (event) => changed(event, (actor, form) => takeBack(event.locals.db, actor, textIn(form, 'id'))),
  roll: (event) =>
    changed(event, (actor, form) => rollBack(event.locals.db, actor, numberIn(form, 'version')))
};

async function changed(
  { locals: { actor, t }, request }: RequestEvent,
  change: (actor: Staff, form: FormData) => Promise<unknown>
) {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  const form = await request.formData();
  return answer(t, async () => (await change(actor, form), '/desk/bot/lessons'));
}
