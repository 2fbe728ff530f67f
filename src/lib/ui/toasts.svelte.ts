/** Short news about what just happened, shown for a moment and read out. Browser only. */

export type Toast = { id: number; text: string; tone: 'ok' | 'danger' };

/** What is shown now, oldest first. */
export const toasts = $state<Toast[]>([]);

/** Shows a sentence and lets it go again; problems stay until they are put away. */
export function say(text: string, tone: Toast['tone'] = 'ok') {
  const said = toasts.find((toast) => toast.text === text);
  if (said) putAway(said.id);
  const toast = { id: ++last, text, tone };
  toasts.push(toast);
  if (tone === 'ok') setTimeout(() => putAway(toast.id), 6000);
}

export function putAway(id: number) {
  const at = toasts.findIndex((toast) => toast.id === id);
  if (at >= 0) toasts.splice(at, 1);
}

let last = 0;
