/** The row of a file on its way: what it shows, and which of its buttons can be pressed. */

/** What is said about files, in the reader's language, with places in braces. */
export type Sayings = Record<
  | 'waiting'
  | 'progress'
  | 'paused'
  | 'received'
  | 'broke'
  | 'started'
  | 'arrived'
  | 'removed'
  | 'problem'
  | 'sending',
  string
>;

export type Act = 'pause' | 'go-on' | 'retry' | 'remove';

export interface Row {
  element: HTMLElement;
  show(status: string, percent: number | null, acts: Act[]): void;
  /** A sentence in red instead of a status. */
  showProblem(problem: string, acts: Act[]): void;
  on(act: Act, does: () => void): void;
  /** From now on the form sends this file along. */
  sendAlong(id: string): void;
  remove(): void;
}

export function newRow(root: HTMLElement, name: string, size: string, file: File): Row {
  const pattern = root.querySelector<HTMLElement>('[data-pattern]');
  const element = pattern?.cloneNode(true);
  if (!pattern || !(element instanceof HTMLElement))
    throw new Error('the uploader has no pattern for its rows');
  delete element.dataset['pattern'];
  element.hidden = false;
  for (const labelled of element.querySelectorAll('[aria-label]')) {
    labelled.setAttribute('aria-label', labelled.getAttribute('aria-label')?.replace('{name}', name) ?? '');
  }
  pattern.before(element);

  const part = (of: string) => element.querySelector<HTMLElement>(`[data-of=${of}]`);
  const button = (act: Act) => element.querySelector<HTMLButtonElement>(`[data-act=${act}]`);
  const write = (of: string, text: string) => {
    const place = part(of);
    if (place && place.textContent !== text) place.textContent = text;
  };
  write('name', name);
  write('size', size);
  const picture = showPicture(element, file);

  function offer(acts: Act[]) {
    for (const act of ['pause', 'go-on', 'retry', 'remove'] as const) {
      const one = button(act);
      if (!one) continue;
      const lost = document.activeElement === one && !acts.includes(act);
      one.hidden = !acts.includes(act);
      // Whoever pressed a button that goes away finds the next one under their finger.
      if (lost) button(acts[0] ?? 'remove')?.focus();
    }
  }

  return {
    element,
    show(status, percent, acts) {
      write('status', status);
      part('status')?.removeAttribute('data-problem');
      const bar = element.querySelector('progress');
      if (bar) bar.hidden = percent === null;
      if (bar && percent !== null) bar.value = percent;
      offer(acts);
    },
    showProblem(problem, acts) {
      write('status', problem);
      part('status')?.setAttribute('data-problem', '');
      const bar = element.querySelector('progress');
      if (bar) bar.hidden = true;
      offer(acts);
    },
    on: (act, does) => button(act)?.addEventListener('click', does),
    sendAlong(id) {
      const field = document.createElement('input');
      Object.assign(field, { type: 'hidden', name: 'attachment', value: id });
      element.append(field);
      picture.arrived(id);
    },
    remove() {
      picture.letGo();
      element.remove();
    }
  };
}

/** After how many milliseconds we look for the picture that is made of a file: films take longer. */
const looks = [1500, 3000, 6000, 12_000];

/**
 * The picture itself, straight from the device. What the browser cannot show (films, and photos as some phones take
 * them) gets the picture that is made of it once it has arrived; until then, and without one, the sign stays.
 */
function showPicture(element: HTMLElement, file: File) {
  const image = element.querySelector<HTMLImageElement>('img[data-thumb]');
  const address = URL.createObjectURL(file);
  if (image) image.onload = () => (image.hidden = false);
  if (image && file.type.startsWith('image/')) image.src = address;

  function lookFor(id: string, [wait, ...later]: readonly number[]) {
    if (!image || wait === undefined) return;
    setTimeout(() => {
      if (!image.hidden || !element.isConnected) return;
      image.onerror = () => lookFor(id, later);
      image.src = `/files/${id}/thumb`;
    }, wait);
  }

  return {
    arrived(id: string) {
      if (file.type !== 'application/pdf') lookFor(id, looks);
    },
    letGo: () => URL.revokeObjectURL(address)
  };
}
