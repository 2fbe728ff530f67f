/** Keeps a customer's page fresh: on every change that concerns it, the page is read anew and its live parts changed. */
import { Idiomorph } from 'idiomorph';
import { catchUp } from '#lib/ui/catch-up.ts';
import { gathered } from '#lib/events/ui/coalesce.ts';
import { keepAddress, keepWhileTyping, type Kept } from '#lib/forms/ui/autosave.ts';
import { sendPatiently } from '#lib/forms/ui/sending.ts';
import { enhanceUploader } from '#lib/files/ui/uploader.ts';
import { openAtNews, showNews } from './news.ts';
import { follow, type StreamState } from '#lib/events/ui/stream.ts';

/** A line can be dead without saying so. */
const patience = 15_000;

/** How often somebody who waits in line looks again; and everybody, as "tomorrow" and "late" go by the clock. */
const waiting = 20_000;
const untrueAfter = 15 * 60_000;

/** The box for a reply, and its draft, where there is one. */
let reply: HTMLFormElement | null = null;
let draft: Kept | null = null;
wake();
openAtNews();

const root = document.querySelector<HTMLElement>('[data-hears]');
if (root) {
  const concerns = root.dataset['hears'] ?? '';
  const refreshSoon = gathered(refresh);

  follow({
    from: root.dataset['position'] ?? '',
    onChange: (change) => {
      if (!change || concerns === 'all' || change.reference === concerns) refreshSoon();
    },
    onState: show,
    onWriting: (reference) => reference === concerns && showWriting()
  });
  // A place in line changes by what happens to others.
  setInterval(() => root.dataset['waits'] && refreshSoon(), waiting);
  setInterval(refreshSoon, untrueAfter);
}

/** Also what came later: a request that is opened again has a box again. */
function wake() {
  for (const uploader of document.querySelectorAll<HTMLElement>('[data-uploader]')) enhanceUploader(uploader);
  const form = document.querySelector<HTMLFormElement>('form[data-reply]');
  if (!form || form === reply) return;
  reply = form;
  draft = keepReply(form);
  catchUp(form);
}

/** The reply has an address of its own as soon as there is anything to it. */
function keepReply(form: HTMLFormElement): Kept {
  if (location.search.includes('?/')) keepAddress(form);
  form.addEventListener('input', () => keepAddress(form));
  const kept = keepWhileTyping(form, leave);
  sendPatiently(form, kept);
  return kept;
}

async function refresh() {
  // So that the page knows of it, whatever it has become.
  await draft?.keepNow();
  const answer = await fetch(location.pathname + location.search, {
    headers: { accept: 'text/html' },
    signal: AbortSignal.timeout(patience)
  });
  if (answer.redirected || answer.status === 401 || answer.status === 404) return leave();
  if (!answer.ok) throw new Error(`the page answered ${answer.status}`);

  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  // Whoever hears of something else by now, as a chat that came back to the assistant does, sees a page of another kind.
  const concerned = fresh.querySelector<HTMLElement>('[data-hears]')?.dataset['hears'];
  if (concerned !== root?.dataset['hears'] && !(reply && isBegun(reply))) return location.reload();
  for (const part of document.querySelectorAll<HTMLElement>('[data-fresh]')) {
    const newer = fresh.getElementById(part.id);
    if (newer)
      void Idiomorph.morph(part, newer, {
        callbacks: { beforeNodeMorphed, beforeNodeRemoved, beforeAttributeUpdated }
      });
  }
  wake();
  showNews();
  tellRead();
}

let writing = 0;

/** Somebody of ours writes, as they say again every few seconds. A page that is read anew begins without it. */
function showWriting() {
  const note = document.querySelector<HTMLElement>('[data-writing]');
  if (!note) return;
  note.hidden = false;
  clearTimeout(writing);
  writing = window.setTimeout(() => (note.hidden = true), 8000);
}

/** How far it was told that they have read, where a page asks to be told. */
let told = 0;

/** What stands on a page in front of somebody is read. It may be lost: the next tells again. */
function tellRead() {
  const page = document.querySelector<HTMLElement>('[data-read]');
  const number = Number(page?.dataset['last'] ?? 0);
  if (!page || number <= told || document.visibilityState !== 'visible') return;
  told = number;
  const body = new URLSearchParams({ number: String(number) });
  const asked = { method: 'POST', body, keepalive: true, signal: AbortSignal.timeout(patience) };
  void fetch(page.dataset['read'] ?? '', asked).catch(() => {});
}
document.addEventListener('visibilitychange', tellRead);

/** What somebody is typing into, and the files they are choosing, stay as they are. */
function beforeNodeMorphed(older: Node) {
  if (!(older instanceof HTMLElement)) return true;
  if (older.matches('[data-choosing]') && older.querySelector(':checked')) return false;
  return !older.matches('[data-reply], [data-stream-state], video');
}

/** Words and files that were not sent stay, also where the page has no more room for them. */
function beforeNodeRemoved(node: Node) {
  return !(reply && node.contains(reply) && isBegun(reply));
}

function isBegun(form: HTMLFormElement) {
  const words = form.querySelector('textarea')?.value.trim();
  return Boolean(words) || form.querySelector('[name=attachment]') !== null;
}

/** The page is not for them any more. What they have begun to write is: with it, the page stays and says so. */
function leave() {
  const note = reply?.querySelector<HTMLElement>('[data-left]');
  if (!reply || !note || !isBegun(reply)) return location.reload();
  note.hidden = false;
}

/** What somebody has opened stays open. */
function beforeAttributeUpdated(attribute: string) {
  return attribute !== 'open';
}

function show(state: StreamState) {
  for (const note of document.querySelectorAll<HTMLElement>('[data-stream-state]')) {
    note.dataset['state'] = state;
    note.textContent = note.dataset[state] ?? '';
  }
  if (state === 'dismissed') leave();
}
