/** A database that does not answer is as good as away: nobody waits for it longer than they are told. */

/** The answer, if it comes within `most` milliseconds; else an error that `isUnreachable` knows. */
export async function inTime<T>(answer: T | Promise<T>, most: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(Object.assign(new Error('the database did not answer in time'), { code: 'ETIMEDOUT' })),
    most
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
