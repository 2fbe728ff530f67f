/** Sends chosen files while the form is still being filled in: resumable, with progress, and never twice. */
import { isFresh } from '#lib/ui/catch-up.ts';
import { fileSize } from './file-size.ts';
import { newRow, type Sayings } from './upload-row.ts';
import { holdForm } from './upload-hold.ts';

/** A file on its way. */
export interface Going {
  state: 'going' | 'paused' | 'broken' | 'done' | 'refused';
  file: File;
}

const unsent = new WeakMap<HTMLFormElement, () => File[]>();

/** The files of a form that were chosen and have not arrived, leaving out what was refused. */
export const unsentFiles = (form: HTMLFormElement): File[] => unsent.get(form)?.() ?? [];

/** Brings one `[data-uploader]` to life. Without this script the file input is simply part of the form. */
export function enhanceUploader(root: HTMLElement) {
  const input = root.querySelector<HTMLInputElement>('input[type=file]');
  const form = root.closest('form');
  if (!input || !form || root.dataset['awake'] !== undefined) return;
  root.dataset['awake'] = '';

  // Uploader.svelte is the only writer of this attribute.
  const sayings = JSON.parse(root.dataset['sayings'] ?? '{}') as Sayings;
  const news = root.querySelector<HTMLElement>('[data-news]');
  const going = new Set<Going>();
  const say = (text: string) => {
    if (news) news.textContent = text;
  };
  const hold = holdForm(form, going, () => say(sayings.sending));

  unsent.set(form, () => [
    ...(input.files ?? []),
    ...[...going].filter(({ state }) => state !== 'done' && state !== 'refused').map(({ file }) => file)
  ]);

  for (const row of root.querySelectorAll<HTMLElement>('[data-id]')) wakeReceived(row, sayings, say);
  input.addEventListener('change', () => void take([...(input.files ?? [])]));
  letDrop(root, (files) => void take(files));
  // Chosen while this script was still on its way.
  if (input.files?.length && isFresh()) void take([...input.files]);

  async function take(files: File[]) {
    // The part that knows the protocol is fetched when it is needed. If it cannot be had, the form sends the files.
    const sending = await import('./upload.ts').catch(() => null);
    if (!sending || !root.isConnected) return;
    if (input) input.value = '';

    for (const file of files) {
      const row = newRow(root, file.name, fileSize(file.size, document.documentElement.lang), file);
      const one = sending.sendFile(file, {
        key: root.dataset['key'] ?? '',
        root,
        row,
        sayings,
        say,
        changed: hold
      });
      going.add(one);
    }
  }
}

/** A file that had come before the page was loaded: its box to tick becomes a button to remove it. */
function wakeReceived(element: HTMLElement, sayings: Sayings, say: (text: string) => void) {
  const box = element.querySelector<HTMLInputElement>('input[type=checkbox]');
  // Taken out while this script was still on its way: that stays to be seen, and to be undone.
  if (box && !box.checked) return;
  if (box) box.closest('label')?.setAttribute('hidden', '');
  const remove = element.querySelector<HTMLButtonElement>('[data-act=remove]');
  if (!remove) return;
  remove.hidden = false;
  remove.addEventListener('click', () => {
    void fetch(`/uploads/${element.dataset['id']}`, {
      method: 'DELETE',
      headers: { 'tus-resumable': '1.0.0' },
      signal: AbortSignal.timeout(30_000)
    }).catch(() => {});
    say(sayings.removed.replace('{name}', element.dataset['name'] ?? ''));
    element.closest('[data-uploader]')?.querySelector<HTMLElement>('input[type=file]')?.focus();
    element.remove();
  });
}

function letDrop(root: HTMLElement, take: (files: File[]) => void) {
  const over = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    root.dataset['over'] = '';
  };
  root.addEventListener('dragenter', over);
  root.addEventListener('dragover', over);
  root.addEventListener('dragleave', () => delete root.dataset['over']);
  root.addEventListener('drop', (event) => {
    delete root.dataset['over'];
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
}
