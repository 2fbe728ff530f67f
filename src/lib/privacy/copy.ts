/** The life of a copy of somebody's data, and what a page says of it. Pure. */
import { isStaff, type Actor } from '#lib/platform/actor.ts';

export const copyStates = ['asked', 'ready', 'failed', 'gone'] as const;
export type CopyState = (typeof copyStates)[number];

/** How long a copy that was made can be taken. */
export const daysKept = 7;

/** One that was not made by then never will be: it is said, and can be asked for anew. */
export const hoursToMake = 24;

export interface Copy {
  id: string;
  state: CopyState;
  asked_at: Date;
  ready_at: Date | null;
  expires_at: Date | null;
  size: string | null;
}

/** Whether its file can be had now: the clock has the word, whenever the sweeper comes by. */
export const canBeTaken = ({ state, expires_at }: Pick<Copy, 'state' | 'expires_at'>, now: Date) =>
  state === 'ready' && expires_at !== null && expires_at > now;

/** Everybody asks for their own, and the desk for whoever asks it to. Only its owner gets to see what is in it. */
export const canAskForCopy = (actor: Actor, person: string) =>
  isStaff(actor) || (actor.kind === 'person' && actor.id === person);

/** Whether another can be asked for: not while one is being made. */
export const canAsk = (copies: readonly Pick<Copy, 'state'>[]) =>
  !copies.some(({ state }) => state === 'asked');

/** What the archive is called on their machine. */
export const copyName = (asked_at: Date) => `hearth-data-${asked_at.toISOString().slice(0, 10)}.zip`;
