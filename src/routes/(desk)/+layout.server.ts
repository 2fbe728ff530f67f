/** Staff pages: who is at work, and from where their live feed goes on. */
import { emergencyPulse } from '#lib/emergencies/server/queries.ts';
import { mayManageStaff, maySeeStaff } from '#lib/people/access.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { writePosition } from '#lib/events/position.ts';
import { hub } from '#lib/requests/server/live.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals: { db, actor } }) => ({
  emergencies: await emergencyPulse(db),
  me: isStaff(actor) ? { id: actor.id, role: actor.role, team: actor.team } : null,
  places: { staff: maySeeStaff(actor), invite: mayManageStaff(actor) },
  feed: writePosition(hub.position())
});
