/** Whom an emergency goes on to while nobody acknowledges it, and for how long. */

/** A step every minute for an hour. By then everybody on call has been told dozens of times. */
export const mostSteps = 60;
export const betweenSteps = 60_000;

/** First each on the list after the other; once all have been told, all of them every time. */
export const onCallAt = (step: number, list: readonly string[]): readonly string[] =>
  step < list.length ? list.slice(step, step + 1) : list;
