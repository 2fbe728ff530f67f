/** Makes the asking form livelier: steps, checks while leaving a field, uploads with progress, and a kept draft. */
import { enhanceQuestions } from './form-steps.ts';
import { enhanceUploader } from './uploader.ts';

/** Typing rests this long before the draft is kept. */
const rest = 1200;

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-asking]')) {
  enhanceQuestions(form);
  for (const uploader of form.querySelectorAll<HTMLElement>('[data-uploader]')) enhanceUploader(uploader);
  keepWhileTyping(form);
  keepAddress(form);
}

function keepWhileTyping(form: HTMLFormElement) {
  let timer = 0;
  let sending = false;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void keep(), rest);
  });
  form.addEventListener('submit', () => {
    sending = true;
    clearTimeout(timer);
  });
  const keepAtOnce = () => {
    if (!sending) void navigator.sendBeacon(form.dataset['draft'] ?? '', textOf(form));
  };
  window.addEventListener('pagehide', keepAtOnce);
  // Another form of the page, such as the language switch, brings the same page back: with all that was typed.
  document.addEventListener('submit', ({ target }) => target !== form && keepAtOnce(), { capture: true });

  function sendAsItIs() {
    sending = true;
    form.submit();
  }

  async function keep() {
    const answer = await fetch(form.dataset['draft'] ?? '', { method: 'POST', body: textOf(form) }).catch(
      () => null
    );
    if (!answer?.ok || sending) return;
    const { kept, safety }: { kept: boolean; safety: string | null } = (await answer.json()) as {
      kept: boolean;
      safety: string | null;
    };
    // Where the draft could not be kept the form itself brings its words along, so that they are not lost.
    if (safety && !kept) return sendAsItIs();
    if (safety) location.assign(safety);
    const note = form.querySelector<HTMLElement>('[data-kept]');
    if (note && kept) note.textContent = note.dataset['keptWords'] ?? '';
  }
}

/** Everything that was typed, without the files: those travel by themselves. */
function textOf(form: HTMLFormElement) {
  const text = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') text.append(name, value);
  return text;
}

/** After a reload the same form is the same draft: its key goes into the address. */
function keepAddress(form: HTMLFormElement) {
  const key = form.querySelector<HTMLInputElement>('input[name="key"]')?.value;
  const here = new URL(location.href);
  if (!key || here.searchParams.get('key') === key) return;
  here.searchParams.delete('/review');
  here.searchParams.set('key', key);
  history.replaceState(history.state, '', here);
  for (const back of document.querySelectorAll<HTMLInputElement>('input[name="back"]')) {
    back.value = here.pathname + here.search;
  }
}
