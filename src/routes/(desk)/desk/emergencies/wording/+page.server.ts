/** The safety words as people in danger are shown them, for the admin who approves them. */
import { error, fail } from '@sveltejs/kit';
import { mayApproveWording } from '#lib/emergencies/access.ts';
import { approveWording, listApprovals, wordsOf } from '#lib/emergencies/server/approving.ts';
import type { PersonActor } from '#lib/platform/actor.ts';
import { textIn } from '#lib/platform/posted.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { supplies } from '#lib/safety/supply.ts';
import { isWordingLocale, safetyWording } from '#lib/safety/wording.ts';
import { answer } from '../../../../form-action.ts';
import type { Actions, PageServerLoad } from './$types';

const hazards = ['gas', 'co', 'fire'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
  admin(locals);
  const asked = url.searchParams.get('lang');
  const spoken = isWordingLocale(asked) ? asked : locals.locale;
  const words = wordsOf(config.jurisdiction);
  const approvals = await listApprovals(locals.db);
  return {
    words,
    approvals,
    approved: approvals.some(({ version, digest }) => version === words.version && digest === words.digest),
    spoken,
    /** The sentences and buttons around the steps, which are approved with them. */
    around: [...new Set(Object.values(safetyWording(config.jurisdiction, spoken, 'gas').around))],
    shown: supplies.flatMap((supply) =>
      hazards.map((hazard) => safetyWording(config.jurisdiction, spoken, hazard, supply))
    )
  };
};

export const actions: Actions = {
  approve: async ({ locals, request }) => {
    const actor = admin(locals);
    const form = await request.formData();
    if (textIn(form, 'read') !== 'yes') return fail(422, { problem: locals.t('emergencies.wording_unread') });
    const approved = { jurisdiction: config.jurisdiction, digest: textIn(form, 'digest') };
    return answer(locals.t, async () => {
      await approveWording(locals.db, actor, approved);
      return '/desk/emergencies/wording';
    });
  }
};

/** For anybody else there is nothing here. */
const admin = ({ actor, t }: App.Locals): PersonActor =>
  actor.kind === 'person' && mayApproveWording(actor) ? actor : error(404, t('errors.missing'));
