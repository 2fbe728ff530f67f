/** Who may do what to articles and to what the bot is taught: all staff write and propose, supervisors and admins approve. */
import { type Actor, isStaff, type Staff } from '#lib/platform/actor.ts';

export const mayWriteArticles = (actor: Actor): boolean => isStaff(actor);

/** Taking an article out, or putting it elsewhere. */
export const mayKeepArticles = (actor: Actor): boolean => isStaff(actor) && actor.role !== 'agent';

/** Nobody approves what they wrote or proposed themself. */
export const mayApprove = (
  actor: Actor,
  version: { written_by: string | null; proposed_by: string | null }
): boolean =>
  mayKeepArticles(actor) &&
  actor.kind === 'person' &&
  ![version.written_by, version.proposed_by].includes(actor.id);

/** Changing what the bot was taught, by a lesson or back to an earlier version. */
export const mayTeach = (actor: Actor): actor is Staff => isStaff(actor) && actor.role !== 'agent';
