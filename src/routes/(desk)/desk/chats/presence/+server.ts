/** The heartbeat of a desk: that somebody is there to talk; and what it hears. */
import { isStaff } from '#lib/platform/actor.ts';
import { refuse } from '#lib/platform/refusal.ts';
import { noteDesk } from '#lib/chat/server/presence.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals: { db, actor } }) =>
  isStaff(actor) ? Response.json(await noteDesk(db, actor)) : refuse('missing', 'errors.missing');
