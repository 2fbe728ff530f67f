/** What can be done with a chat that is in somebody's hands: to whom it can go on. */
import type { PersonActor } from '#lib/platform/actor.ts';
import { mayHandOn } from '#lib/chat/access.ts';
import { peopleThere } from '#lib/chat/server/presence.ts';
import { readByCustomer } from '#lib/chat/server/reading.ts';
import type { readForDesk } from '#lib/desk/server/request.ts';

/** Null where it is none. Colleagues stand under their teams, as far as their desks are open. */
export async function chatAtHand(
  { db }: Pick<App.Locals, 'db'>,
  actor: PersonActor,
  { request, may, timeline }: Pick<Awaited<ReturnType<typeof readForDesk>>, 'request' | 'may' | 'timeline'>
) {
  if (!mayHandOn(actor, request)) return null;
  const read = await readByCustomer(db, request.id);
  if (read === null) return null;
  const said = timeline.findLast(
    ({ kind, actor_role }) => kind === 'message' && actor_role !== 'customer' && actor_role !== 'system'
  );
  const there = new Set(await peopleThere(db));
  return {
    /** Whether the customer has read the last that was said to them; null where nothing was. */
    isRead: said ? read >= said.number : null,
    receivers: may.owners
      .map((team) => ({
        ...team,
        colleagues: team.colleagues.filter(({ id }) => id !== request.agent_id && there.has(id))
      }))
      .filter(({ id, colleagues }) => id !== null || colleagues.length > 0)
  };
}
