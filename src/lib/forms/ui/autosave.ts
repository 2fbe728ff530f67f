/** Keeps a form's draft on the server while it is typed into, and its key in the address: so a reload loses nothing. */

/** Typing rests this long before the draft is kept. */
const rest = 1200;

/** A line can be dead without saying so. */
const patience = 15_000;

/** A draft that is being kept. */
export interface Kept {
  /** Keeps at once what was typed since the last time. */
  keepNow: () => Promise<void>;
  /** What was on its way to be sent has not arrived: it is kept again. */
  notSent: () => void;
}

/** Keeps `form` where its `data-draft` says. `signedOut` is called when there is nobody any more to keep it for. */
export function keepWhileTyping(form: HTMLFormElement, signedOut: () => void = () => {}): Kept {
  const place = form.dataset['draft'] ?? '';
  let timer = 0;
  let changed = false;
  /** On its way to be kept: whoever leaves now breaks that off. */
  let keeping = false;
  let sending = false;

  form.addEventListener('input', () => {
    changed = true;
    clearTimeout(timer);
    timer = window.setTimeout(() => void keep(), rest);
  });
  form.addEventListener('submit', () => {
    sending = true;
    clearTimeout(timer);
  });
  const keepAtOnce = () => {
    if ((changed || keeping) && !sending) void navigator.sendBeacon(place, textOf(form));
  };
  window.addEventListener('pagehide', keepAtOnce);
  // Another form of the page, such as the language switch, brings the same page back: with all that was typed.
  document.addEventListener('submit', ({ target }) => target !== form && keepAtOnce(), { capture: true });

  function sendAsItIs() {
    sending = true;
    form.submit();
  }

  async function keep() {
    changed = false;
    keeping = true;
    const answer = await send().catch(() => null);
    keeping = false;
    changed ||= !answer?.ok;
    if (sending) return;
    if (answer?.status === 401) signedOut();
    if (!answer?.ok) return;
    // Both endpoints of drafts answer so: `keepTyping` writes it.
    const { kept, safety } = (await answer.json()) as { kept: boolean; safety: string | null };
    // Where the draft could not be kept the form itself brings its words along, so that they are not lost.
    if (safety && !kept) return sendAsItIs();
    if (safety) location.assign(safety);
    const note = form.querySelector<HTMLElement>('[data-kept]');
    if (note && kept) note.textContent = note.dataset['keptWords'] ?? '';
  }

  const send = () =>
    fetch(place, { method: 'POST', body: textOf(form), signal: AbortSignal.timeout(patience) });

  return {
    async keepNow() {
      clearTimeout(timer);
      if (changed) await keep();
    },
    notSent() {
      sending = false;
      changed = true;
    }
  };
}

/** Everything that was typed, without the files: those travel by themselves. */
export function textOf(form: HTMLFormElement, button: HTMLElement | null = null) {
  const text = new URLSearchParams();
  for (const [name, value] of new FormData(form, button))
    if (typeof value === 'string') text.append(name, value);
  return text;
}

/** After a reload the same form is the same draft: its key goes into the address. */
export function keepAddress(form: HTMLFormElement) {
  const key = form.querySelector<HTMLInputElement>('input[name="key"]')?.value;
  const here = new URL(location.href);
  if (!key || here.searchParams.get('key') === key) return;
  // The name of the action that the form was sent to is no part of where we are.
  for (const name of [...here.searchParams.keys()]) if (name.startsWith('/')) here.searchParams.delete(name);
  here.searchParams.set('key', key);
  history.replaceState(history.state, '', here);
  for (const back of document.querySelectorAll<HTMLInputElement>('input[name="back"]')) {
    back.value = here.pathname + here.search;
  }
}
