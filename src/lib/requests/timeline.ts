/** The kinds of events on a request's timeline. The database holds the same list. */
import type { Actor } from '#lib/platform/actor.ts';

export const eventKinds = [
  'submitted',
  'assigned',
  'message',
  'note',
  'status',
  'priority',
  'attachment',
  'visit',
  'promise',
  'work_began',
  'linked',
  'merged',
  'viewed',
  'details',
  'account'
] as const;
export type EventKind = (typeof eventKinds)[number];

/**
 * Whether its reader did or said this themselves. What a visitor said before they signed in has nobody's name, and is of
 * whoever asked: not of others who share the account.
 */
export const isOwn = (
  actor: Actor,
  { actor_id, actor_role }: { actor_id: string | null; actor_role: string },
  requester: string | null
) =>
  actor.kind === 'person'
    ? (actor_id ?? (actor_role === 'customer' ? requester : null)) === actor.id
    : actor_role === 'customer';

/** What the payload of an event may hold: ids and closed words, never personal text. */
export interface EventPayload {
  message?: string;
  /** The files that came along with it. */
  attachments?: string[];
  /** The one file it is about. */
  attachment?: string;
  status?: string;
  from?: string;
  reason?: string;
  agent?: string | null;
  team?: string | null;
  /** Who had it before: the live feed tells them that it is gone. */
  taken_from?: { agent: string | null; team: string | null };
  priority?: number;
  promise?: string;
  state?: string;
  visit_on?: string;
  visit_from?: string;
  visit_to?: string;
  /** When a visit that was moved had been before. */
  was?: { visit_on: string; visit_from: string; visit_to: string };
  request?: string;
  /** The account it was linked to, or null where it was taken off again. */
  account?: string | null;
  premises?: string | null;
  reference?: string;
}
