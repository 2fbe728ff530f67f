/** Who may hand a chat on: whoever has it, and those who answer for the desk. Pure. */
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import { canWorkOn } from '#lib/requests/access.ts';
import type { Status } from '#lib/requests/status.ts';

type Subject = { status: Status; agent_id: string | null };

export const mayHandOn = (actor: Actor, request: Subject): boolean =>
  isStaff(actor) &&
  canWorkOn(actor, request) &&
  request.agent_id !== null &&
  (request.agent_id === actor.id || actor.role !== 'agent');
