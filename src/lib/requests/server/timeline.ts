/** Writing to the timeline: an event in the transaction that causes it, and the jobs that follow from it. */
import type { Db } from '#lib/platform/server/db.ts';
import type { Occasion } from '../letters.ts';
import { later } from '#lib/platform/server/jobs.ts';
import type { EventKind } from '../timeline.ts';
import type { Visibility } from '#lib/events/visibility.ts';

/** A new event: its kind, who may read it, and ids of what it is about. Never personal text. */
export interface NewEvent {
  kind: EventKind;
  visibility?: Visibility;
  payload?: Record<string, unknown>;
}

/** Appends an event. The database numbers it under the request's row lock and signs it with the actor. */
export async function record(
  tx: Db,
  requestId: string,
  { kind, visibility = 'public', payload = {} }: NewEvent
) {
  const { number } = await tx
    .insertInto('request_event')
    // The number and the signature are written by the trigger; what stands here is overwritten.
    .values({
      request_id: requestId,
      number: 1,
      actor_role: '',
      kind,
      visibility,
      payload: JSON.stringify(payload)
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

/** Appends an event and asks for the letter about it. */
export async function recordAndTell(tx: Db, requestId: string, event: NewEvent, kind: Occasion) {
  const number = await record(tx, requestId, event);
  await later(tx, 'requests.tell_customer', { requestId, number, kind });
  return number;
}

/** Stores a message's text and puts it on the timeline. `attachments` are already attached to the request. */
export async function speak(
  tx: Db,
  requestId: string,
  { text, visibility, attachments = [] }: { text: string; visibility: Visibility; attachments?: string[] }
) {
  const { id } = await tx
    .insertInto('message')
    .values({ request_id: requestId, author_role: '', visibility, text })
    .returning('id')
    .executeTakeFirstOrThrow();
  return record(tx, requestId, {
    kind: visibility === 'public' ? 'message' : 'note',
    visibility,
    payload: { message: id, ...(attachments.length > 0 && { attachments }) }
  });
}
