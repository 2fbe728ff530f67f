/** What to do in danger. It asks neither session nor database, so that it stands when nothing else does. */
import { config } from '#lib/platform/server/runtime.ts';
import { supplyIn } from '#lib/safety/supply.ts';
import { safetyWording } from '#lib/safety/wording.ts';
import { spokenHere } from './spoken.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  const spoken = spokenHere(event);
  const supply = supplyIn('', config.supply);
  return {
    gas: safetyWording(config.jurisdiction, spoken, 'gas', supply),
    co: safetyWording(config.jurisdiction, spoken, 'co', supply)
  };
};
