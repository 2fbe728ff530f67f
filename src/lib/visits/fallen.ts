/** A visit that was agreed on and came to nothing: another time is to be chosen, and that is what is said first. Pure. */
import type { Words } from '#lib/platform/words.ts';
import { writeDay } from '#lib/forms/day.ts';
import type { Status } from '#lib/requests/status.ts';

/** How a visit ended that has to be made again. */
export const fallenStates = ['closed', 'missed', 'no_access', 'parts_missing'] as const;
export type FallenState = (typeof fallenStates)[number];

export interface Fallen {
  state: FallenState;
  on_day: string;
}

/** Whether another time can be chosen for what stands so: nobody comes yet, and it is not over. */
export const waitsForTime = ({ status }: { status: Status }) => status === 'submitted' || status === 'open';

/** The same from what stands on a timeline, the newest last. */
export function fallenIn(
  status: Status,
  timeline: readonly { kind: string; payload: { state?: unknown; visit_on?: unknown } }[]
): Fallen | null {
  if (!waitsForTime({ status })) return null;
  const last = timeline.findLast(({ kind, payload }) => kind === 'visit' && payload.visit_on);
  return fallen(last?.payload.state, last?.payload.visit_on);
}

/** What an event tells of a visit, where it came to nothing. */
export function fallen(state: unknown, on_day: unknown): Fallen | null {
  const fell = fallenStates.find((one) => one === state);
  return fell && typeof on_day === 'string' ? { state: fell, on_day } : null;
}

export const tellFallen = ({ state, on_day }: Fallen, t: Words): string =>
  t('visits.fell_away', { state, day: writeDay(on_day, t.locale) });
