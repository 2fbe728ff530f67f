/** All emergencies: those that are open, longest waiting first, and the latest of those that are over. */
import { canTakeOutRecord, mayApproveWording } from '#lib/emergencies/access.ts';
import { isApproved, wordsOf } from '#lib/emergencies/server/approving.ts';
import { isOver } from '#lib/emergencies/life.ts';
import { listEmergencies } from '#lib/emergencies/server/queries.ts';
import { config } from '#lib/platform/server/runtime.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor }, depends }) => {
  depends('desk:emergencies');
  const emergencies = await listEmergencies(db);
  const words = wordsOf(config.jurisdiction);
  return {
    notApproved: (await isApproved(db, words)) ? null : words.version,
    now: new Date(),
    open: emergencies.filter(({ status }) => !isOver(status)),
    over: emergencies.filter(({ status }) => isOver(status)),
    may: { takeOut: canTakeOutRecord(actor), approve: mayApproveWording(actor) }
  };
};
