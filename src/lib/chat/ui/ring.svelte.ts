/** Says every few seconds that this desk is open, and hears what waits for it in the chat. Browser only. */
import { onMount } from 'svelte';
import { gathered } from '#lib/events/ui/coalesce.ts';
import { onNews } from '#lib/events/ui/feed.svelte.ts';
import { beat, everyBeat } from './beat.ts';
import { ringOnce } from './sound.ts';

/** How many wait for whoever is here, whether they take any, and how many they handed on in vain. */
export interface Heard {
  waiting: number;
  available: boolean;
  untaken: number;
}

/** `first` is what was so when the page was read. */
export function watchChats(first: () => Heard) {
  let heard = $state<Heard | null>(null);
  // A page that was read anew knows better than the last beat.
  let read = first();
  const now = $derived(heard && first() === read ? heard : first());

  async function say() {
    // Presence may be lost: the next beat tells again.
    const asked = { method: 'POST', signal: AbortSignal.timeout(beat / 2) };
    const answer = await fetch('/desk/chats/presence', asked).catch(() => null);
    if (!answer?.ok) return;
    read = first();
    heard = (await answer.json()) as Heard;
    if (heard.available && heard.waiting > 0) ringOnce();
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
    get now() {
      return now;
    }
  };
}
