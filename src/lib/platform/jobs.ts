/** Everything that is done later, by name, and what each job is told. Ids only: a job looks again before it acts. */

/** Each module adds its own where it does them (`<module>/server/jobs.ts`), under its own name. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it is filled from the modules
export interface Jobs {}

export type JobName = keyof Jobs;

/** A job that needs to know nothing: the clock starts it. */
export type Nothing = Record<string, never>;
