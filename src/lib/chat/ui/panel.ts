/**
 * The chat over another page: the page of the chat itself in a frame, so that it is one chat in both places. A sheet on a
 * phone, a window in the corner where there is room. Browser only.
 */
import { textOf } from '#lib/forms/ui/autosave.ts';

interface Parts {
  door: HTMLAnchorElement;
  panel: HTMLDialogElement;
  /** Pressed now, or open already on the page before. */
  how: 'pressed' | 'again';
}

const chat = '/chat';
/** A line can be dead without saying so. */
const patience = 5000;
/** In which the browser remembers, for this tab, that it is open and what was being written in it. */
const [isOpen, place] = ['chat-panel', 'chat-panel-at'];

let frame: HTMLIFrameElement | null = null;
/** What was being written when it was closed, on its way to be kept: whoever opens it again waits for that. */
let kept: Promise<unknown> = Promise.resolve();

export function openPanel({ door, panel, how }: Parts) {
  if (panel.open) return;
  if (!frame) prepare({ door, panel });
  frame = frameAt(remembered(place) ?? chat, panel);
  remember(isOpen, 'open');
  // Whoever has come to another page with it goes on where that page begins.
  if (how === 'again') panel.open = true;
  else {
    if (matchMedia('(min-width: 48rem) and (min-height: 30rem)').matches) panel.show();
    else panel.showModal();
    panel.querySelector<HTMLElement>('h2')?.focus();
  }
}

/** What is done once, however often it is opened. */
function prepare({ door, panel }: Omit<Parts, 'how'>) {
  const close = () => panel.close();
  panel.querySelector('[data-close]')?.addEventListener('click', close);
  panel.addEventListener('keydown', (event) => event.key === 'Escape' && close());
  panel.addEventListener('close', () => {
    leave();
    remember(isOpen, '');
    door.focus();
  });
  panel.querySelector<HTMLAnchorElement>('[data-as-page]')?.addEventListener('click', (event) => {
    const link = event.currentTarget as HTMLAnchorElement;
    link.href = whereIn(frame) ?? chat;
    remember(isOpen, '');
  });
  panel
    .querySelector('[data-again]')
    ?.addEventListener('click', () => frame?.setAttribute('src', remembered(place) ?? chat));
  // What is being written in it is kept under the address that it has by then.
  window.addEventListener('pagehide', () => remember(place, whereIn(frame) ?? ''));
}

/** Gone with its line: nobody reads what is said behind a closed door. */
function leave() {
  remember(place, whereIn(frame) ?? '');
  const form = frame?.contentDocument?.querySelector<HTMLFormElement>('form[data-draft]');
  if (form?.querySelector('textarea')?.value) kept = keep(form);
  frame?.remove();
}

/** The page in the frame says it too as it goes, but not when that has arrived. */
function keep(form: HTMLFormElement) {
  const asked = {
    method: 'POST',
    body: textOf(form),
    keepalive: true,
    signal: AbortSignal.timeout(patience)
  };
  return fetch(form.dataset['draft'] ?? '', asked).catch(() => {});
}

function frameAt(address: string, panel: HTMLDialogElement): HTMLIFrameElement {
  const inside = document.createElement('iframe');
  inside.title = panel.querySelector('h2')?.textContent ?? '';
  inside.addEventListener('load', () => show(inside, panel));
  void kept.then(() => (inside.src = address));
  panel.append(inside);
  return inside;
}

/** Only the chat stays in here: whatever else it leads to, to safety above all, takes the whole window. */
function show(inside: HTMLIFrameElement, panel: HTMLDialogElement) {
  const shown = inside.contentDocument;
  const isCut = shown === null;
  panel.querySelector<HTMLElement>('[data-cut]')?.toggleAttribute('hidden', !isCut);
  inside.hidden = isCut;
  if (isCut || shown.location.protocol === 'about:') return;
  if (shown.location.pathname !== chat) return location.assign(shown.location.href);

  remember(place, whereIn(inside) ?? '');
  // Whoever sent something from here goes on writing here.
  if (document.activeElement === inside) shown.querySelector('textarea')?.focus({ preventScroll: true });
  shown.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) panel.close();
  });
  shown.addEventListener('click', leadOut, { capture: true });
}

function leadOut({ target }: Event) {
  // Of another window, so that it is none of our own `Element`s.
  const link = (target as Element | null)?.closest('a');
  if (!link || link.pathname === chat) return;
  link.target = link.pathname.startsWith('/files/') ? '_blank' : '_top';
}

/** The address in it, with the key of what is being written; null where the browser shows an error of its own. */
function whereIn(inside: HTMLIFrameElement | null): string | null {
  const at = inside?.contentDocument?.location;
  if (at?.pathname !== chat) return null;
  const key = new URLSearchParams(at.search).get('key');
  return key ? `${chat}?key=${key}` : chat;
}

/** Storage may be shut, and costs nobody the chat. */
function remember(name: string, what: string) {
  try {
    sessionStorage.setItem(name, what);
  } catch {
    // Then it begins anew on the next page.
  }
}

function remembered(name: string): string | null {
  try {
    return sessionStorage.getItem(name) || null;
  } catch {
    return null;
  }
}
