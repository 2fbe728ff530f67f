/** Where somebody goes after signing in: back to where they were headed, if that is a page of ours. */
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import { ownPath } from '#lib/platform/way-back.ts';

/** Where somebody belongs who is headed nowhere else. */
export const homeOf = (actor: Actor) => (isStaff(actor) ? '/desk' : '/');

/** The path that somebody is headed for, or null when there is none, or none of ours. */
export const safePath = (next: string | null | undefined) => ownPath(next);

/** A link to one of our pages that remembers where somebody is headed. */
export const withNext = (path: string, next: string | null) =>
  next ? `${path}?next=${encodeURIComponent(next)}` : path;
