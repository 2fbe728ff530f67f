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
  const letGo = showPicture(element, file);

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
    },
    remove() {
      letGo();
      element.remove();
    }
  };
}

/** The picture itself, straight from the device. Where the browser cannot show it, the sign behind it stays. */
function showPicture(element: HTMLElement, file: File): () => void {
  const image = element.querySelector<HTMLImageElement>('img[data-thumb]');
  if (!image || !file.type.startsWith('image/')) return () => {};
  const address = URL.createObjectURL(file);
  image.onload = () => (image.hidden = false);
  image.src = address;
  return () => URL.revokeObjectURL(address);
}
