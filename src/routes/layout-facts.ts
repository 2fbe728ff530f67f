/** What the frame of every page shows. Asks nothing: the doors have looked already. */
import { config } from '#lib/platform/server/runtime.ts';
import type { Locale } from '#lib/platform/language.ts';
import type { Person } from '#lib/people/server/session.ts';

export const layoutFacts = (locals: {
  person: Pick<Person, 'name' | 'role' | 'email'> | null;
  locale: Locale;
}) => ({
  locale: locals.locale,
  person: locals.person && {
    name: locals.person.name,
    role: locals.person.role,
    email: locals.person.email
  },
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
