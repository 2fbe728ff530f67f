/** The order of the queue. The database keeps the same in `request.rank`, and a test holds the two together. */

import type { ComesFirst } from '#lib/sla/comes-first.ts';

/** What the order looks at. `due_at` is null while nothing is due. */
export interface Standing {
  id: string;
  comes_first: ComesFirst | null;
  /** 1 is urgent, 4 can wait. */
  priority: number;
  due_at: Date | null;
  /** It has its day later, and nothing else is owed before work on it begins. */
  rests_until: Date | null;
}

/**
 * The band that a request stands in: safety and vulnerable people first, then the urgent before what can wait; behind
 * them what has its day later, and last what nothing is due on.
 */
export function rankOf({ comes_first, priority, due_at, rests_until }: Omit<Standing, 'id'>): number {
  if (!due_at) return 10;
  if (rests_until) return 9;
  return comes_first ? priority : priority + 4;
}

/** Within a band what is due first stands first. */
export const standsBefore = (one: Standing, other: Standing): boolean =>
  rankOf(one) - rankOf(other) < 0 ||
  (rankOf(one) === rankOf(other) &&
    ((one.due_at?.getTime() ?? 0) < (other.due_at?.getTime() ?? 0) ||
      (one.due_at?.getTime() === other.due_at?.getTime() && one.id < other.id)));
