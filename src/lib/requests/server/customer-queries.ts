/** A request as its customer follows it: the row and all that its page shows, asked in one breath. */
import type { Actor } from '#lib/platform/actor.ts';
import { isKey } from '#lib/platform/posted.ts';
import { together, type Db } from '#lib/platform/server/db.ts';
import { listAttachments } from '#lib/files/server/queries.ts';
import { definitionOf } from '#lib/catalogue/server/catalogue.ts';
import { findReply } from '#lib/forms/server/drafts.ts';
import { aboutOf } from './about.ts';
import { foundRequest, getRequest } from './queries.ts';
import { readUpTo } from './read-positions.ts';
import { readPromises, readTimeline } from './timeline-queries.ts';
import { readStanding } from './standing.ts';

/**
 * `key` names the reply that was begun, where the page knows it. `askAlso` asks what is known of the request on higher
 * floors, by `foundRequest`.
 */
export async function followRequest<More>(
  db: Db,
  actor: Actor,
  { reference, key }: { reference: string; key: string | null },
  askAlso?: (one: Db) => Promise<More>
) {
  const id = foundRequest;
  const [request, timeline, promises, attachments, begun, read, about, standing, more] = await together(
    db,
    (one) =>
      Promise.all([
        // First: it finds the request that the others are about, in the order in which they are asked.
        getRequest(one, actor, reference),
        readTimeline(one, id),
        readPromises(one, id),
        listAttachments(one, actor, id),
        findReply(one, actor, reference, isKey(key) ? key : null),
        actor.kind === 'person' ? readUpTo(one, id) : null,
        aboutOf(one, id),
        readStanding(one, id),
        askAlso?.(one)
      ])
  );
  const definition = await definitionOf(db, request.service_type, request.service_version);
  return { request, definition, timeline, promises, attachments, begun, read, about, ...standing, more };
}
