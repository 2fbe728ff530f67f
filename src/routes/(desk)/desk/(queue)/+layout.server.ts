/** The queues with their counts, and one page of the one that the address names. */
import { isStaff } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { writePosition } from '#lib/events/position.ts';
import { readView, usualQueue } from '#lib/desk/queue.ts';
import { definitionOf } from '#lib/catalogue/server/catalogue.ts';
import { hub } from '#lib/requests/server/live.ts';
import { countQueues, listQueue } from '#lib/desk/server/queue.ts';
import { titleOf } from '#lib/requests/title.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals: { db, actor, locale }, url, depends }) => {
  if (!isStaff(actor)) refuse('missing', 'errors.missing');
  depends('desk:queue');
  // Before the first look at the data: what changes from here on, the live feed will tell.
  const listed = writePosition(hub.position());
  const view = readView(url.searchParams, usualQueue(actor.team));

  const [counts, { requests, next }] = await db
    .transaction()
    .execute((tx) => Promise.all([countQueues(tx, actor), listQueue(tx, actor, view)]));

  return {
    listed,
    view,
    counts,
    next,
    now: new Date(),
    queue: await Promise.all(
      requests.map(async ({ id: _, service_type, service_version, written, ...request }) => {
        const type = (await definitionOf(db, service_type, service_version)).name[locale];
        return { ...request, type, title: titleOf(written, type) };
      })
    )
  };
};
