/** Whom an emergency goes on to while nobody acknowledges it, and how often. It never stops by itself. */

/** Minutes until they are told again: every minute at first, then more and more seldom, and at last every quarter. */
export const minutesAfter = (step: number) => pace.find(({ until }) => step < until)?.minutes ?? 15;

const pace = [
  { until: 10, minutes: 1 },
  { until: 20, minutes: 2 },
  { until: 30, minutes: 5 }
];

/** First each on the list after the other; once all have been told, all of them every time. */
export const onCallAt = (step: number, list: readonly string[]): readonly string[] =>
  step < list.length ? list.slice(step, step + 1) : list;
