/**
 * Reports that a telephone could not send: kept in this browser, and sent as soon as there is a line again. Each has its
 * own key, so that one which arrived and was not confirmed is not there twice.
 */
import { deserialize } from '$app/forms';
import type { Words } from '#lib/platform/words.ts';
import { whatBecame, type Became } from './kept-answer.ts';

export interface KeptReport {
  key: string;
  /** The visit it is about. */
  id: string;
  /** All fields of the form, as they were sent. */
  fields: Record<string, string>;
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

  /** Kept first, and only then sent. */
  function add(fields: Record<string, string>) {
    const { key = '', id = '' } = fields;
    kept = [...kept.filter((one) => one.id !== id), { key, id, fields }];
    write();
    return flush();
  }

  function drop(key: string) {
    kept = kept.filter((one) => one.key !== key);
    write();
  }

  /** One after the other; what finds no line waits for the next time. */
  async function flush() {
    if (sending) return;
    sending = true;
    try {
      for (const one of kept.filter(({ problem }) => !problem)) {
        const answer = await send(one);
        if (answer === 'no line') break;
        if (answer === 'sent') drop(one.key);
        else {
          kept = kept.map((other) => (other.key === one.key ? { ...other, ...answer } : other));
          write();
        }
        if (answer === 'sent') sent();
      }
    } finally {
      sending = false;
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
