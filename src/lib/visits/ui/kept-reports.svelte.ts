/**
 * Reports that a telephone could not send: kept in this browser, and sent as soon as there is a line again. Each has its
 * own key, so that one which arrived and was not confirmed is not there twice.
 */
import type { Words } from '#lib/platform/words.ts';
import type { Became } from './kept-answer.ts';
import { took, type KeptReport } from './kept-report.ts';
import { keepPhotos, letGoPhotos, sendPhotos } from './kept-photos.ts';
import { atTheDoor, sendReport } from './report-sending.ts';

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
      const door = await atTheDoor(t);
      if (door !== 'open') return door;
      const held = await sendPhotos(placeOf(key), key, (photo) => change(key, took(photo, t))).catch(
        () => false
      );
      if (!held) return 'no line';
      // What the browser itself has cleared away in the meantime.
      change(key, ({ photos = [], without = [] }) => ({
        ...{ photos: [], without: [...without, ...photos.map((name) => t('visits.photo_gone', { name }))] }
      }));
    }
    const whole = now(key);
    return whole ? sendReport(action, whole.fields, t) : 'no line';
  }

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
