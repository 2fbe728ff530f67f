/** The way to the chat opens over the page, once somebody presses it: until then nothing of it is fetched. Browser only. */

const door = document.querySelector<HTMLAnchorElement>('a[data-chat-door]');
const panel = document.querySelector<HTMLDialogElement>('dialog[data-chat-panel]');

/** A browser that tells nobody what it asks a page for, as over an open line, gets the page itself. */
if (door && panel && isSecureContext && 'HTMLDialogElement' in window) {
  const open = async (how: 'pressed' | 'again') => {
    const { openPanel } = await import('./panel.ts');
    openPanel({ door, panel, how });
  };

  door.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    // What cannot be fetched opens nothing: the page itself may come through.
    open('pressed').catch(() => location.assign(door.href));
  });

  // Where there is room beside it, it stays open from page to page.
  if (wasOpen() && matchMedia('(min-width: 48rem) and (min-height: 30rem)').matches)
    void open('again').catch(() => {});
}

function wasOpen(): boolean {
  try {
    return sessionStorage.getItem('chat-panel') === 'open';
  } catch {
    return false;
  }
}
