/** What the answers to a form say about how urgent it is, and for which day it is asked. */
import type { Pledge, Wish } from '#lib/sla/promise.ts';
import type { Raise, ServiceType } from '#lib/forms/definition.ts';
import type { Answers } from '#lib/forms/form.ts';
import type { ComesFirst } from '#lib/sla/comes-first.ts';
import { isDay } from '#lib/platform/dates.ts';

export interface Urgency {
  priority: number;
  comes_first: ComesFirst | null;
  pledge: Pledge;
  wish: Wish | null;
}

/** Whether it makes a difference to this kind of request who lives there. */
export const mayComeFirst = (type: ServiceType) => (type.raises ?? []).some(isForVulnerable);

/**
 * By the definition and by every rule of it that the answers meet: of each thing the strictest counts. Where somebody at
 * the place is registered for priority services, the rule for that is met whatever was answered.
 */
export function urgencyOf(type: ServiceType, answers: Answers, registered = false): Urgency {
  const met = (type.raises ?? []).filter(
    (raise) => applies(raise, answers) || (registered && isForVulnerable(raise))
  );
  return {
    priority: Math.min(type.priority, ...met.flatMap(({ priority }) => priority ?? [])),
    comes_first:
      met.find(({ first }) => first === 'safety')?.first ?? met.find(({ first }) => first)?.first ?? null,
    pledge: met.flatMap(({ promise }) => promise ?? []).reduce<Pledge>(stricter, type.promise),
    wish: wishIn(type, answers)
  };
}

const isForVulnerable = ({ first }: Raise) => first === 'vulnerable';

/** Every answer that a rule names is one of those it names. A rule that names none always applies. */
const applies = ({ when }: Raise, answers: Answers) =>
  Object.entries(when).every(([name, wanted]) =>
    [answers[name] ?? []].flat().some((answer) => [wanted].flat().includes(String(answer)))
  );

/** Hours of the clock are never more than the same number of working hours. */
const stricter = (one: Pledge, other: Pledge): Pledge => ({
  first_response_hours: Math.min(one.first_response_hours, other.first_response_hours),
  resolution_hours: least(one.resolution_hours, other.resolution_hours),
  resolution_hours_on_free_days: least(
    one.resolution_hours_on_free_days ?? one.resolution_hours,
    other.resolution_hours_on_free_days ?? other.resolution_hours
  ),
  hours: one.hours === 'clock' || other.hours === 'clock' ? 'clock' : 'working'
});

const least = (one: number | undefined, other: number | undefined) =>
  one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);

/** The day that was asked for; where several were, the last of them. */
function wishIn({ wish }: ServiceType, answers: Answers): Wish | null {
  if (!wish) return null;
  const days = wish.fields
    .map((name) => answers[name])
    .filter((day) => typeof day === 'string' && isDay(day));
  const last = days.map(String).sort().at(-1);
  return last ? { day: last, clock: wish.clock } : null;
}
