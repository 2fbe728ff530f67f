/** Says every few seconds that this desk is open, and hears how many customers wait in the chat. Browser only. */
import { onMount } from 'svelte';
import { gathered } from '#lib/events/ui/coalesce.ts';
import { onNews } from '#lib/events/ui/feed.svelte.ts';
import { beat, everyBeat } from './beat.ts';

/** `first` is how many waited when the page was read. */
export function watchChats(first: () => number) {
  let heard = $state<number | null>(null);

  async function say() {
    // Presence may be lost: the next beat tells again.
    const asked = { method: 'POST', signal: AbortSignal.timeout(beat / 2) };
    const answer = await fetch('/desk/chats/presence', asked).catch(() => null);
    if (answer?.ok) heard = ((await answer.json()) as { waiting: number }).waiting;
  }

  onMount(() => {
    void say();
    const still = everyBeat(() => void say());
    const stop = onNews(gathered(say));
    return () => {
      still();
      stop();
    };
  });

  return {
    get waiting() {
      return heard ?? first();
    }
  };
}
