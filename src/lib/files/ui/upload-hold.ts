/** Holds a form back while files are still on their way, and sends it as soon as they have arrived. */
import type { Going } from './uploader.ts';

/** Gives a function to be called whenever a file's state has changed. `held` is called when the form was held back. */
export function holdForm(form: HTMLFormElement, files: Set<Going>, held: () => void): () => void {
  let waiting: { by: HTMLElement | null } | null = null;
  const some = (...states: Going['state'][]) => [...files].some(({ state }) => states.includes(state));

  form.addEventListener(
    'submit',
    (event) => {
      waiting = null;
      if (!some('going')) return;
      // To everybody else who listens, this has not been a submit.
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting = { by: event.submitter };
      held();
    },
    { capture: true }
  );

  return () => {
    if (!waiting || some('going')) return;
    const { by } = waiting;
    waiting = null;
    // Where one did not make it, its sender decides what to do about it.
    if (!some('broken', 'refused', 'paused')) form.requestSubmit(by);
  };
}
