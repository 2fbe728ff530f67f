/** The first page. For customers who have signed in it also brings what they have under way. */
import { isCustomer } from '#lib/platform/actor.ts';
import { config } from '#lib/platform/server/runtime.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { catalogueOf } from '#lib/catalogue/local.ts';
import { oftenAsked } from '#lib/catalogue/often.ts';
import { homeOf, type Home } from './home.ts';
import type { PageServerLoad } from './$types';
import type { Kind } from './Often.svelte';

/** The same for everybody, and known without asking the database. */
const often = oftenAsked(catalogueOf(config.jurisdiction, serviceTypes));

export const load: PageServerLoad = async ({
  url,
  locals
}): Promise<{ home: Home | null; kinds: Kind[]; sells: boolean }> => {
  const { actor, locale } = locals;
  const kinds = often.map(({ code, icon, name }) => ({ code, icon, name: name[locale] }));
  const home = isCustomer(actor) ? await homeOf(locals, actor, url.searchParams.get('account')) : null;
  return { home, kinds, sells: config.supply !== 'piped' };
};
