/** Keeps a customer's page fresh: on every change that concerns it, the page is read anew and its live parts changed. */
import { Idiomorph } from 'idiomorph';
import { gathered } from './gathered.ts';
import { enhanceUploader } from './uploader.ts';
import { follow, type StreamState } from './stream.ts';

/** A line can be dead without saying so. */
const patience = 15_000;

const root = document.querySelector<HTMLElement>('[data-hears]');
if (root) {
  const concerns = root.dataset['hears'] ?? '';
  const refreshSoon = gathered(refresh);

  follow({
    from: root.dataset['position'] ?? '',
    onChange: (change) => {
      if (!change || concerns === 'all' || change.reference === concerns) refreshSoon();
    },
    onState: show
  });
}

for (const uploader of document.querySelectorAll<HTMLElement>('[data-uploader]')) enhanceUploader(uploader);

async function refresh() {
  const answer = await fetch(location.pathname + location.search, {
    headers: { accept: 'text/html' },
    signal: AbortSignal.timeout(patience)
  });
  if (answer.redirected || answer.status === 401 || answer.status === 404) return location.reload();
  if (!answer.ok) throw new Error(`the page answered ${answer.status}`);

  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of document.querySelectorAll<HTMLElement>('[data-fresh]')) {
    const newer = fresh.getElementById(part.id);
    if (newer)
      void Idiomorph.morph(part, newer, { callbacks: { beforeNodeMorphed, beforeAttributeUpdated } });
  }
}

/** What somebody is typing into, and the files they are choosing, stay as they are. */
function beforeNodeMorphed(older: Node) {
  return !(older instanceof HTMLElement && older.matches('[data-reply], [data-stream-state], video'));
}

/** What somebody has opened stays open. */
function beforeAttributeUpdated(attribute: string) {
  return attribute !== 'open';
}

function show(state: StreamState) {
  if (state === 'dismissed') return location.reload();
  for (const note of document.querySelectorAll<HTMLElement>('[data-stream-state]')) {
    note.dataset['state'] = state;
    note.textContent = note.dataset[state] ?? '';
  }
}
