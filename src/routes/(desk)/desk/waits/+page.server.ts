/** How often what was said about waiting was right. */
import { offeredTypes } from '#lib/catalogue/server/catalogue.ts';
import { waitsRecord } from '#lib/requests/server/waits-record.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, actor, locale } }) => {
  const { weeks, kinds, others } = await waitsRecord(db, actor);
  const types = await offeredTypes(db);
  return {
    weeks,
    others,
    kinds: kinds.map(({ service_type, ...kind }) => ({
      ...kind,
      name: types.get(service_type)?.type.name[locale] ?? service_type
    }))
  };
};
