/** One file on its way to us, by the tus protocol: what breaks off goes on where it broke, also after a reload. */
import { DetailedError, Upload } from 'tus-js-client';
import type { Row, Sayings } from './upload-row.ts';
import type { Going } from './uploader.ts';

interface Sending {
  key: string;
  root: HTMLElement;
  row: Row;
  sayings: Sayings;
  say: (text: string) => void;
  /** Called whenever the state has changed. */
  changed: () => void;
}

/** Pieces small enough for a slow line and a careful proxy, large enough for a quick one. */
export const pieceSize = 5 * 1024 * 1024;

export function sendFile(file: File, { key, root, row, sayings, say, changed }: Sending): Going {
  const going: Going = { state: 'going', file };
  const mark = markOf(file, key);
  let percent = 0;

  const upload = new Upload(file, {
    endpoint: '/uploads',
    chunkSize: pieceSize,
    retryDelays: [0, 1000, 3000, 5000, 10_000, 20_000],
    // A disk that is full is not freed while somebody waits to send their words.
    onShouldRetry: (error) => navigator.onLine && problemIn(error) === null && safetyIn(error) === null,
    metadata: { name: file.name, type: file.type, form_key: key, safe: safeOf(root) },
    fingerprint: async () => mark,
    removeFingerprintOnSuccess: true,
    onProgress(sent, all) {
      percent = Math.floor((100 * sent) / all);
      if (going.state === 'going')
        row.show(sayings.progress.replace('{percent}', String(percent)), percent, ['pause', 'remove']);
    },
    onSuccess() {
      marks.delete(mark);
      row.sendAlong(idOf(upload));
      row.show(sayings.received, null, ['remove']);
      turn('done', sayings.arrived);
    },
    onError(error) {
      const safety = safetyIn(error);
      if (safety) return location.assign(safety);
      const problem = problemIn(error);
      if (problem) row.showProblem(problem, statusOf(error) === noRoom ? ['retry', 'remove'] : ['remove']);
      else row.showProblem(sayings.broke, ['retry', 'remove']);
      turn(problem ? 'refused' : 'broken', sayings.problem.replace('{problem}', problem ?? sayings.broke));
    }
  });

  function turn(state: Going['state'], saying: string) {
    going.state = state;
    say(saying.replace('{name}', file.name));
    changed();
  }

  function go() {
    going.state = 'going';
    row.show(sayings.waiting, percent, ['pause', 'remove']);
    upload.start();
  }

  row.on('pause', () => {
    void upload.abort();
    going.state = 'paused';
    row.show(sayings.paused.replace('{percent}', String(percent)), percent, ['go-on', 'remove']);
    changed();
  });
  row.on('go-on', go);
  row.on('retry', go);
  row.on('remove', () => {
    void upload.abort(true).catch(() => {});
    marks.delete(mark);
    row.remove();
    turn('done', sayings.removed);
    root.querySelector<HTMLElement>('input[type=file]')?.focus();
  });
  // Back on the line, what broke goes on by itself, unless its form has gone and somebody else sends it.
  window.addEventListener('online', () => going.state === 'broken' && root.isConnected && go());

  void begin();
  return going;

  async function begin() {
    row.show(sayings.waiting, 0, ['pause', 'remove']);
    say(sayings.started.replace('{name}', file.name));
    const [before] = await upload.findPreviousUploads().catch(() => []);
    if (before) {
      upload.resumeFromPreviousUpload(before);
      // The row that the server drew of its first half is this one now.
      root.querySelector(`[data-id="${CSS.escape(idIn(before.uploadUrl ?? ''))}"]`)?.remove();
    }
    if (going.state === 'going') upload.start();
  }
}

/** Of the files that are on their way from this page. */
const marks = new Set<string>();

/**
 * By it a file that broke off is known again when it is chosen again. The same file on another form is another upload; so
 * is the same file chosen twice, for whoever removes the one keeps the other.
 */
function markOf(file: File, key: string): string {
  const mark = ['hearth', key, file.name, file.size, file.lastModified].join('-');
  let own = mark;
  for (let nth = 2; marks.has(own); nth++) own = `${mark}-${nth}`;
  marks.add(own);
  return own;
}

export const idOf = (upload: Upload) => idIn(upload.url ?? '');
const idIn = (address: string) => address.split('/').at(-1) ?? '';

/** What "I am safe" gave to the form, if it was said. */
const safeOf = (root: HTMLElement) =>
  root.closest('form')?.querySelector<HTMLInputElement>('input[name=safe]')?.value ?? '';

/** Where its very name speaks of danger. What was typed is kept as the page is left. */
export function safetyIn(error: Error): string | null {
  const body = error instanceof DetailedError ? (error.originalResponse?.getBody() ?? '') : '';
  return body.startsWith('{') ? ((JSON.parse(body) as { safety?: string }).safety ?? null) : null;
}

/** The server's own sentence, when it was the server that said no. */
export function problemIn(error: Error): string | null {
  const status = statusOf(error);
  const isNo = (status >= 400 && status < 500 && !passing.has(status)) || status === noRoom;
  return isNo && error instanceof DetailedError ? (error.originalResponse?.getBody() ?? null) : null;
}

const statusOf = (error: Error) =>
  (error instanceof DetailedError && error.originalResponse?.getStatus()) || 0;

/** Somebody else is writing to it, or another window of ours: that passes. */
const passing = new Set([409, 423]);

/** The server's disk cannot take it. */
const noRoom = 507;
