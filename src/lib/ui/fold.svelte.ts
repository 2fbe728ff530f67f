/** A `<details>` box that scripts open and close too. */
import { browser } from '$app/env';
import { createAttachmentKey } from 'svelte/attachments';

/**
 * Attributes for a `<details>` whose being open is also kept in a variable. Unlike `bind:open`, a box that somebody
 * opened before the scripts had come stays open when they do.
 */
export function fold(isOpen: () => boolean, tell: (open: boolean) => void) {
  if (!browser) return { open: isOpen() };
  return {
    ontoggle: (event: Event) => tell((event.currentTarget as HTMLDetailsElement).open),
    [createAttachmentKey()]: (box: HTMLDetailsElement) => {
      if (box.open) tell(true);
      $effect(() => {
        box.open = isOpen();
      });
    }
  };
}
