/** The receipt: we have it, this is its reference, and this is what happens next. */
import { config } from '#lib/platform/server/runtime.ts';
import { definitionOf } from '#lib/catalogue/server/catalogue.ts';
import { getRequest } from '#lib/requests/server/queries.ts';
import { readPlace } from '#lib/requests/server/timeline-queries.ts';
import { tellPlace, tellStatus } from '#lib/requests/status-text.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals: { db, actor, person, locale, t } }) => {
  const request = await getRequest(db, actor, params.reference);
  const definition = await definitionOf(db, request.service_type, request.service_version);
  return {
    reference: request.reference,
    type: definition.name[locale],
    submitted_at: request.submitted_at,
    place: tellPlace(await readPlace(db, request), t),
    told: tellStatus(request, t, config.timeZone, new Date()),
    email: person?.email ?? ''
  };
};
