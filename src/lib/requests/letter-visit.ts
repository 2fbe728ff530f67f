/** When a visit is, as a letter says it: local day and local times, on the clock of the place where the customer is. */
import type { Words } from '#lib/platform/words.ts';
import { writeDay, writeHour } from '#lib/forms/day.ts';
import type { Visit } from './letters.ts';

export const written = ({ visit_on, visit_from, visit_to }: Visit, { locale }: Words) => ({
  day: writeDay(visit_on, locale),
  from: writeHour(visit_from, locale),
  to: writeHour(visit_to, locale)
});

/** Of a visit that was moved also when it had been, where that is known. */
export function tellVisit(t: Words, visit: Visit, before?: Visit | null): string {
  const { day, from, to } = written(visit, t);
  if (!before) return t('letters.visit', { day, from, to });
  const was = written(before, t);
  return t('letters.visit_from_to', { day, from, to, old_day: was.day, old_from: was.from, old_to: was.to });
}
