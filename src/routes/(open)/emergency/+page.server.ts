/** What to do in danger. It asks neither session nor database, so that it stands when nothing else does. */
import { config } from '#lib/platform/server/runtime.ts';
import { safetyWording } from '#lib/safety/wording.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { locale } }) => ({
  gas: safetyWording(config.jurisdiction, locale, 'gas'),
  co: safetyWording(config.jurisdiction, locale, 'co')
});
