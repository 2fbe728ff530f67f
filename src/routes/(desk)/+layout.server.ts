/** Staff pages: who is at work, and from where their live feed goes on. */
import { beatOf } from '#lib/chat/server/presence.ts';
import { countDoubted } from '#lib/accounts/server/doubted.ts';
import { mayApproveWording } from '#lib/emergencies/access.ts';
import { isApproved, wordsOf } from '#lib/emergencies/server/approving.ts';
import { emergencyPulse } from '#lib/emergencies/server/queries.ts';
import { mayManageStaff, maySeeStaff } from '#lib/people/access.ts';
import { isStaff } from '#lib/platform/actor.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { writePosition } from '#lib/events/position.ts';
import { mayLookAtWaits } from '#lib/requests/access.ts';
import { hub } from '#lib/requests/server/live.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals: { db, actor } }) => {
  const [emergencies, notApproved, doubted, chats] = await Promise.all([
    emergencyPulse(db),
    isStaff(actor) ? unapproved(db) : null,
    countDoubted(db),
    isStaff(actor) ? beatOf(db, actor) : { waiting: 0, available: true, untaken: 0 }
  ]);
  return {
    emergencies,
    unapproved: notApproved,
    me: isStaff(actor) ? { id: actor.id, role: actor.role, team: actor.team } : null,
    places: {
      staff: maySeeStaff(actor),
      invite: mayManageStaff(actor),
      waits: mayLookAtWaits(actor),
      approve: mayApproveWording(actor)
    },
    doubted,
    chats,
    feed: writePosition(hub.position())
  };
};

/** The version of the safety words, while nobody answers for them. */
async function unapproved(db: App.Locals['db']) {
  const words = wordsOf(config.jurisdiction);
  return (await isApproved(db, words)) ? null : words.version;
}
