/**
 * Reports that a telephone could not send: kept in this browser, and sent as soon as there is a line again. Each has its
 * own key, so that one which arrived and was not confirmed is not there twice.
 */
import { deserialize } from '$app/forms';
import type { Words } from '#lib/platform/words.ts';
import { whatBecame, type Became } from './kept-answer.ts';
import { keepPhotos, letGoPhotos, sendPhotos, type Arrived } from './kept-photos.ts';
import { idsIn } from './report-fields.ts';

export interface KeptReport {
  key: string;
  /** The visit it is about. */
  id: string;
  /** All fields of the form, as they were sent. */
  fields: Record<string, string>;
  /** The names of its photos that have not been sent. */
  photos?: string[];
  /** What is to be said of photos that did not come with it. */
  without?: string[];
  /** It is with us; what is left is to be told of its photos. */
  arrived?: boolean;
  /** Why it was refused, in words: then only its writer can help. */
  problem?: string;
  /** It may go by itself when the page is opened anew. */
  again?: boolean;
}

interface Way {
  action: string;
  t: Words;
  sent: () => void;
}

export function keepReports(me: string, { action, t, sent }: Way) {
  const place = `hearth visit reports ${me}`;
  let kept = $state<KeptReport[]>([]);
  let sending = false;

  const write = () => localStorage.setItem(place, JSON.stringify(kept));

  function begin() {
    try {
      // Written by `write` alone.
      const there = JSON.parse(localStorage.getItem(place) ?? '[]') as KeptReport[];
      // Whoever had to sign in has done so: this page is open.
      kept = there.map(({ problem, again, ...one }) => (problem && !again ? { ...one, problem } : one));
    } catch {
      kept = [];
    }
    const soon = () => void flush();
    addEventListener('online', soon);
    const clock = setInterval(soon, 20_000);
    soon();
    return () => {
      removeEventListener('online', soon);
      clearInterval(clock);
    };
  }

  /** Kept first, and only then sent. Says in words what cannot be kept; then nothing of it is. */
  async function add(fields: Record<string, string>, files: File[], { afresh = false } = {}) {
    const { key = '', id = '' } = fields;
    if (afresh) await letGoPhotos(placeOf(key));
    const problem = files.length > 0 ? await keepPhotos(placeOf(key), files, t) : null;
    if (problem) return problem;
    const before = afresh ? undefined : kept.find((one) => one.key === key);
    const photos = [...(before?.photos ?? []), ...files.map(({ name }) => name)];
    const others = kept.filter((one) => one.id !== id);
    const was = kept;
    try {
      kept = [...others, { key, id, fields, ...(photos.length > 0 && { photos }) }];
      write();
    } catch {
      kept = was;
      if (!before) await letGoPhotos(placeOf(key));
      return t('visits.report_not_kept');
    }
    void flush();
    return null;
  }

  function drop(key: string) {
    kept = kept.filter((one) => one.key !== key);
    write();
    void letGoPhotos(placeOf(key));
  }

  const placeOf = (key: string) => `${me} ${key}`;
  const now = (key: string) => kept.find((one) => one.key === key);

  function change(key: string, to: (one: KeptReport) => Partial<KeptReport>) {
    kept = kept.map((one) => (one.key === key ? { ...one, ...to(one) } : one));
    write();
  }

  /** One after the other, and none waits for the photos of another; what finds no line waits for the next time. */
  async function flush() {
    if (sending) return;
    sending = true;
    try {
      const ready = kept.filter(({ problem }) => !problem);
      const ofPhotos = ({ photos = [] }: KeptReport) => photos.length;
      for (const { key } of ready.toSorted((a, b) => ofPhotos(a) - ofPhotos(b))) {
        const answer = await sendWhole(key);
        if (answer === 'no line') break;
        const without = now(key)?.without ?? [];
        if (answer !== 'sent') change(key, () => answer);
        else if (without.length === 0) drop(key);
        else
          change(key, () => ({ arrived: true, problem: [t('visits.sent_without'), ...without].join(' ') }));
        if (answer === 'sent') sent();
      }
    } finally {
      sending = false;
    }
  }

  /** Its photos first, for a report takes none later. */
  async function sendWhole(key: string): Promise<Became> {
    if (now(key)?.photos?.length) {
      const door = await atTheDoor();
      if (door !== 'open') return door;
      const held = await sendPhotos(placeOf(key), key, (photo) => change(key, took(photo))).catch(
        () => false
      );
      if (!held) return 'no line';
      // What the browser itself has cleared away in the meantime.
      change(key, ({ photos = [], without = [] }) => ({
        ...{ photos: [], without: [...without, ...photos.map((name) => t('visits.photo_gone', { name }))] }
      }));
    }
    const whole = now(key);
    return whole ? send(whole) : 'no line';
  }

  const took =
    (photo: Arrived) =>
    ({ fields, photos = [], without = [] }: KeptReport): Partial<KeptReport> => ({
      photos: photos.toSpliced(photos.indexOf(photo.name), 1),
      ...('id' in photo
        ? {
            fields: { ...fields, attachment: [...idsIn(fields['attachment']), photo.id].join(',') }
          }
        : {
            without: [...without, t('uploads.problem_of_file', { name: photo.name, problem: photo.problem })]
          })
    });

  /** Photos of somebody who is signed out would come as a stranger's. */
  async function atTheDoor(): Promise<'open' | Became> {
    try {
      const asked = { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(30_000) } as const;
      const { ok, status, type } = await fetch('/desk/day', asked);
      if (ok) return 'open';
      return whatBecame({ status, redirected: type === 'opaqueredirect', result: null }, t);
    } catch {
      return 'no line';
    }
  }

  async function send({ fields }: KeptReport): Promise<Became> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    try {
      const answer = await fetch(action, {
        method: 'POST',
        body,
        headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
        signal: AbortSignal.timeout(30_000)
      });
      const { status, redirected } = answer;
      return whatBecame({ status, redirected, result: read(await answer.text()) }, t);
    } catch {
      return 'no line';
    }
  }

  const read = (text: string) => {
    try {
      return deserialize(text);
    } catch {
      return null;
    }
  };

  return {
    get all() {
      return kept;
    },
    of: (id: string) => kept.find((one) => one.id === id),
    begin,
    add,
    drop
  };
}
