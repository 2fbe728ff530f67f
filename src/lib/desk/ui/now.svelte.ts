/** What time it is, for everything on the desk that counts down: as the server said it, and then on by the clock. */
import { getContext, onMount, setContext } from 'svelte';

const name = 'desk.now';

/** `said` is the server's time when the page was read; a clock on the wall that is wrong does no harm. */
export function provideNow(said: () => Date): () => Date {
  let passed = $state(0);
  let readAt = 0;
  const now = () => new Date(said().getTime() + passed);

  $effect.pre(() => {
    said();
    readAt = performance.now();
    passed = 0;
  });
  onMount(() => {
    const timer = setInterval(() => (passed = performance.now() - readAt), 15_000);
    return () => clearInterval(timer);
  });

  setContext(name, now);
  return now;
}

export const tellNow = (): (() => Date) => getContext(name);
