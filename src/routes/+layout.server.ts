/** What the frame of every page shows. Asks nothing: the doors have looked already. */
import { config } from '#lib/platform/server/runtime.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals: { person, locale } }) => ({
  locale,
  person: person && { name: person.name, role: person.role, email: person.email },
  demo: config.demo,
  utility: {
    name: config.utilityName,
    phone: config.utilityPhone,
    emergencyPhone: config.emergencyPhone,
    /** The emergency lines by kind of supply. */
    phones: { piped: config.emergencyPhone, cylinder: config.cylinderPhone }
  },
  jurisdiction: config.jurisdiction,
  zone: config.timeZone
});
