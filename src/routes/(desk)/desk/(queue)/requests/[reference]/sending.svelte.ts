/** Sends the forms of a request in place. What was typed stays until we know that it arrived. */
import type { SubmitFunction } from '$app/forms';
import { invalidate } from '$app/navigation';
import { newKey } from '#lib/forms/ui/new-key.ts';
import { words } from '#lib/platform/words.ts';
import { deskTexts, type DeskText } from '#lib/requests/desk-text.ts';
import { say } from '#lib/ui/toasts.svelte.ts';
import type { Refused } from './form-action.ts';

export type Sending = ReturnType<typeof sendInPlace>;

interface Page {
  /** A refused form comes with the page where there are no scripts, and as an answer where there are. */
  refused: () => Refused | null;
  keys: () => Record<DeskText, string>;
  /** The number of the newest event on it. */
  newest: () => number | undefined;
  /** All that is on the page has been seen. */
  catchUp: () => void;
}

export function sendInPlace(page: Page) {
  const t = words();
  let refused = $derived(page.refused());
  // One key for one message, however often the page is refreshed below it; a new one once it was sent.
  let keys = $state(keysAtFirst(page));

  function post(form: string, done = () => {}): SubmitFunction {
    return ({ formElement }) =>
      async ({ result }) => {
        if (result.type === 'redirect') {
          refused = null;
          done();
          // At once and here: a refresh can be overtaken, and with the old key the next message would be the same one.
          if (isText(form)) keys = { ...keys, [form]: newKey() };
          close(formElement);
          await refresh();
          if (isText(form)) show(page.newest());
          say(t(`desk.done_${form as 'take'}`));
        } else if (result.type === 'failure' && result.data) {
          // Our actions fail with nothing else.
          const answer = result.data as Refused;
          // The change is on the page before the sentence that asks to look at it and to send again.
          if (answer.since !== null) await refresh();
          refused = answer;
          // Where its key has been used up by another message, it came back with its own.
          if (isText(form)) keys = { ...keys, [form]: answer.typed['key'] ?? newKey() };
          page.catchUp();
        } else if (result.type === 'error') {
          say(result.status ? result.error.message : t('desk.not_sent'), 'danger');
        }
      };
  }

  return {
    get refused() {
      return refused;
    },
    get keys() {
      return keys;
    },
    post
  };
}

function keysAtFirst({ refused, keys }: Page) {
  const from = refused();
  const own = keys();
  return from && isText(from.form) ? { ...own, [from.form]: from.typed['key'] || own[from.form] } : own;
}

const isText = (form: string): form is DeskText => deskTexts.some((one) => one === form);

/** What had the focus is hidden now; what opens it again has it next. */
function close(form: HTMLFormElement) {
  const box = form.closest('details');
  box?.querySelector('summary')?.focus();
  box?.removeAttribute('open');
}

const show = (event: number | undefined) =>
  document.querySelector(`#event-${event}`)?.scrollIntoView({ block: 'nearest' });

const refresh = () => invalidate(({ href }) => href === 'desk:request' || href === 'desk:queue');
