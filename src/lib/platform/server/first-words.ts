/** The beginning of what is sent, kept while others read it: whatever becomes of a form, its words were heard. */
import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** As much as may hold a call for help, and how long it is waited for where nobody has read it. */
const most = { bytes: 16 * 1024, milliseconds: 5_000 };

/** Keeps the first words of a request. Whoever asks for them gets those that have come, whatever shape they came in. */
export function keepFirstWords(req: IncomingMessage): () => Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  req.on('data', (piece: Buffer) => {
    if (length < most.bytes) pieces.push(piece.subarray(0, most.bytes - length));
    length += piece.length;
  });
  // Who listens sets it flowing, and nobody is ready to read it yet.
  req.pause();
  return async () => {
    req.resume();
    const end = AbortSignal.timeout(most.milliseconds);
    while (!req.readableEnded && !req.destroyed && length < most.bytes && !end.aborted) await pause(10);
    return wordsIn(Buffer.concat(pieces).toString());
  };
}

/** The words of a form that nobody could take apart: without what stands between its parts, and decoded. */
const wordsIn = (body: string) =>
  body
    .split(/\r?\n/)
    .filter((line) => !/^(--|content-)/i.test(line))
    .join('\n')
    .replace(/[+&]|%(?![\da-f]{2})/gi, ' ')
    .replace(/(?:%[\da-f]{2})+/gi, (signs) => Buffer.from(signs.replaceAll('%', ''), 'hex').toString())
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .trim();
