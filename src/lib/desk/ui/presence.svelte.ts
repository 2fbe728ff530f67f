/** The heartbeat of an open request: says that somebody looks or writes, and hears who else does. Browser only. */
import { onMount } from 'svelte';
import type { Present } from '../present.ts';

/** Alone, and in company. What the server forgets after 25 seconds is said again before. */
const beats = { alone: 5_000, together: 4_000 };

/** On a line that died without a word the answer never comes: then the next beat tells again. */
const patience = 5_000;

/**
 * `first` is who was there when the page was read, `written` what stands in the boxes now, `seen` the number
 * of the last event in sight.
 */
export function watchPresence(
  reference: string,
  first: readonly Present[],
  written: () => { any: boolean; reply: string },
  seen: () => number
) {
  const address = `/desk/requests/${reference}/presence`;
  let others = $state.raw(first);
  /** How far we have said that this person has read. */
  let told = 0;
  /** The reply as it stood at the last beat: only who changes it is writing it. */
  let stood = written().reply;
  let next: ReturnType<typeof setTimeout> | undefined;

  async function beat() {
    clearTimeout(next);
    if (document.visibilityState === 'visible') {
      const body = new URLSearchParams({ is: written().any ? 'writing' : 'looking' });
      const last = seen();
      if (last > told) body.set('seen', String(last));
      const { reply } = written();
      if (reply !== stood && reply !== '') body.set('replying', 'yes');
      stood = reply;
      // Presence may be lost: whoever cannot be asked is simply not shown.
      const asked = { method: 'POST', body, signal: AbortSignal.timeout(patience) };
      const answer = await fetch(address, asked).catch(() => null);
      if (answer?.ok) told = Math.max(told, last);
      others = answer?.ok ? ((await answer.json()) as Present[]) : [];
    }
    next = setTimeout(() => void beat(), others.length > 0 ? beats.together : beats.alone);
  }

  function leave() {
    clearTimeout(next);
    navigator.sendBeacon(address, new URLSearchParams({ is: 'gone' }));
  }

  onMount(() => {
    const look = () => void beat();
    addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', look);
    return () => {
      removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', look);
      leave();
    };
  });

  // Whoever begins or stops to write says so at once.
  const isWriting = $derived(written().any);
  $effect(() => {
    void isWriting;
    seen();
    void beat();
  });

  return {
    get others() {
      return others;
    }
  };
}
