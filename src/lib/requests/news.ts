/** What is news to somebody who comes back to a request: what others said, and for customers also what was decided. */
import type { EventKind, EventPayload } from './timeline.ts';

interface Entry {
  number: number;
  kind: EventKind;
  payload: EventPayload;
  actor_id: string | null;
}

/** Whether it is worth a mark. `server/read-positions.ts` asks the database the same. */
function isNews({ kind, payload, actor_id }: Entry, reader: { id: string; staff: boolean }): boolean {
  if (actor_id === reader.id) return false;
  if (kind === 'message') return true;
  if (reader.staff) return kind === 'note';
  return kind === 'visit' || (kind === 'status' && decided.some((status) => status === payload.status));
}

/** The statuses that somebody waits to hear of. */
const decided = ['resolved', 'cancelled'] as const;

/** The number of the first event that is new to somebody who has read up to `read`, or null. */
export const firstNews = (entries: readonly Entry[], read: number, reader: { id: string; staff: boolean }) =>
  entries.find((entry) => entry.number > read && isNews(entry, reader))?.number ?? null;
