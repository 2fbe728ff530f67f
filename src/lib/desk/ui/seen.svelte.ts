/** What somebody has seen of a request: the number that their change will carry, and who changed it meanwhile. */

import { untrack } from 'svelte';

/** A change that has just appeared is not seen yet. This is how long looking takes. */
const look = 1500;

interface Watched {
  last_number: number;
  timeline: readonly { number: number; actor_id: string | null; actor_name: string | null; kind: string }[];
}

/** While somebody is writing, what others do is remembered as `since`; `number` follows once they could see it. */
export function watchSeen(request: () => Watched, me: () => string, isWriting: () => boolean) {
  let number = $state(request().last_number);
  let since = $state<number | null>(null);

  const others = $derived(
    since === null
      ? []
      : request().timeline.filter(
          (entry) =>
            entry.number > (since ?? 0) &&
            entry.actor_id !== null &&
            entry.actor_id !== me() &&
            entry.kind !== 'viewed'
        )
  );

  $effect(() => {
    const last = request().last_number;
    const timer = setTimeout(() => (number = last), look);
    return () => clearTimeout(timer);
  });

  // Whoever begins to write has what is shown before them; whatever comes after is news. When they end, nothing is.
  $effect(() => {
    const writes = isWriting();
    untrack(() => {
      if (writes && since === null) number = since = request().last_number;
      else if (!writes) since = null;
    });
  });

  return {
    get number() {
      return number;
    },
    get since() {
      return others.length > 0 ? since : null;
    },
    /** Whoever changed it last since the writing began. */
    get name() {
      return others.at(-1)?.actor_name ?? null;
    },
    /** The other's change was shown with the refusal: what is sent now knows of it. */
    catchUp() {
      number = request().last_number;
    }
  };
}
