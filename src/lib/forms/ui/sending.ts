/** Sends a form over a line that may be cut: what could not be sent stays where it is, and goes as soon as it can. */
import { textOf, type Kept } from './autosave.ts';

/** A line can be dead without saying so. */
const patience = 15_000;

/** How long after a try that came to nothing the next one is made. */
const rest = 4000;

/** Where the form has a note for it (`data-not-sent`). Its key makes one of all tries, also of one whose answer was lost. */
export function sendPatiently(form: HTMLFormElement, draft: Kept) {
  const note = form.querySelector<HTMLElement>('[data-not-sent]');
  if (!note) return;
  let isUnderWay = false;

  form.addEventListener('submit', (event) => {
    const posted = new FormData(form, event.submitter);
    // Files that no script has taken travel with the form itself.
    if (
      event.defaultPrevented ||
      [...posted.values()].some((value) => value instanceof File && value.size > 0)
    )
      return;
    event.preventDefault();
    if (isUnderWay) return;
    isUnderWay = true;
    void send(event.submitter);
  });

  async function send(button: HTMLElement | null) {
    const action = actionOf(form, button);
    const answer = await fetch(action, {
      method: 'POST',
      body: textOf(form, button),
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(patience)
    }).catch(() => null);
    if (!answer) return waitFor(button);
    note?.toggleAttribute('hidden', true);
    const way = await wayIn(answer);
    if (way) return goTo(way);
    // Whatever else it says, it says better as a page: nothing has come of it, so that it can be asked once more.
    form.action = action;
    form.submit();
  }

  function waitFor(button: HTMLElement | null) {
    note?.toggleAttribute('hidden', false);
    draft.notSent();
    const timer = setTimeout(again, rest);
    window.addEventListener('online', again, { once: true });
    function again() {
      clearTimeout(timer);
      window.removeEventListener('online', again);
      void send(button);
    }
  }
}

const actionOf = (form: HTMLFormElement, button: HTMLElement | null) =>
  button instanceof HTMLButtonElement && button.hasAttribute('formaction') ? button.formAction : form.action;

/** Where what was sent leads: to the same page anew, or to safety. Null where it is no way that is said. */
async function wayIn(answer: Response): Promise<string | null> {
  if (!answer.headers.get('content-type')?.includes('json')) return null;
  const said = (await answer.json().catch(() => null)) as { type?: string; location?: string } | null;
  return said?.type === 'redirect' ? (said.location ?? null) : null;
}

function goTo(way: string) {
  const to = new URL(way, location.href);
  const isHere = to.pathname === location.pathname && to.search === location.search;
  location.assign(to);
  // To the same page with another anchor a browser only scrolls.
  if (isHere) location.reload();
}
