/** Moves of rows, one after the other: a second key pressed at once moves on from where the first has led. */
import type { SubmitFunction } from '$app/forms';
import { invalidateAll } from '$app/navigation';

let before: Promise<void> = Promise.resolve();

/** Sends the form when the one before it has arrived. */
export const inTurn: SubmitFunction = async () => {
  const last = before;
  const { promise, resolve } = Promise.withResolvers<void>();
  before = promise;
  await last;
  return async ({ result, update }) => {
    try {
      if (result.type === 'redirect') await invalidateAll();
      else await update({ reset: false });
    } finally {
      resolve();
    }
  };
};
