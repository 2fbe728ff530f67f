/** What is said with our people: the timeline of the request that the conversation has become. */
import type { RequestEvent } from '@sveltejs/kit';
import { isCustomer } from '#lib/platform/actor.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { expectedAnswer } from '#lib/chat/server/waiting.ts';
import { chatsBefore, type Conversation } from '#lib/chat/server/queries.ts';
import { noteReadInChat, readByAgent } from '#lib/chat/server/reading.ts';
import { canReply } from '#lib/requests/access.ts';
import { followRequest } from '#lib/requests/server/customer-queries.ts';
import { noteRead } from '#lib/requests/server/read-positions.ts';
import { listUnsent } from '#lib/files/server/queries.ts';
import { isEnded } from '#lib/requests/status.ts';
import { tellPlace, tellStatus } from '#lib/requests/status-text.ts';
import { takesVisit } from '#lib/visits/access.ts';
import { visitOf } from '#lib/visits/server/booking.ts';
import { isOwn } from '#lib/requests/timeline.ts';
import { isLookedAt } from '../../looking.ts';

export async function talk(
  { request: asked, locals: { db, actor, t } }: Pick<RequestEvent, 'request' | 'locals'>,
  conversation: Conversation & { reference: string },
  key: string | null
) {
  const { reference } = conversation;
  const { request, definition, timeline, attachments } = await followRequest(db, actor, {
    reference,
    key: null
  });
  const now = new Date();
  const clock = { now, zone: config.timeZone };
  const last = timeline.at(-1)?.number ?? 0;
  const waits = request.agent_name === null && !isEnded(request.status);
  if (isLookedAt(asked)) {
    await noteReadInChat(db, conversation, last);
    if (isCustomer(actor)) await noteRead(db, request.id, last);
  }
  const own = timeline.findLast((entry) => entry.kind === 'message' && entry.actor_role === 'customer');
  return {
    reference: request.reference,
    last,
    seenByAgent: request.agent_name !== null && (await readByAgent(db, request.id)) >= (own?.number ?? 1),
    unsent: key ? await listUnsent(db, actor, key) : [],
    description: request.description,
    timeline: timeline.map(({ actor_id, ...entry }) => ({
      ...entry,
      own: isOwn(actor, { actor_id, ...entry }, request.requester_id)
    })),
    attachments,
    // A customer's stands with their request.
    visit:
      actor.kind === 'visitor' && takesVisit(request, definition)
        ? await visitOf(db, actor, request, clock)
        : null,
    agent: request.agent_name,
    waits,
    told: tellStatus(request, t, config.timeZone, now),
    place: waits ? tellPlace(await chatsBefore(db, request.id), t) : null,
    expected: waits ? await expectedAnswer(db, request, t, now) : null,
    concluded: isEnded(request.status),
    mayReply: canReply(actor, request, now),
    // Where else it is found: a customer's among their requests, a visitor's by the letter to this address.
    isCustomers: isCustomer(actor),
    email: isCustomer(actor) ? null : emailIn(request.contact)
  };
}

function emailIn(contact: unknown) {
  const { caller_email: email } = contact as { caller_email?: unknown };
  return typeof email === 'string' ? email : null;
}
