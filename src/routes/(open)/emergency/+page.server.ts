/** What to do in danger. It asks neither session nor database, so that it stands when nothing else does. */
import { config } from '#lib/platform/server/runtime.ts';
import { safetyWording } from '#lib/safety/wording.ts';
import { spokenHere } from './spoken.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const spoken = spokenHere(event);
  return {
    gas: safetyWording(config.jurisdiction, spoken, 'gas'),
    co: safetyWording(config.jurisdiction, spoken, 'co')
  };
};
