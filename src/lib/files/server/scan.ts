/** Asks a virus scanner (clamd, by its own protocol) about a file, where one is configured. */
import { connect, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What the scanner says. `not_scanned`: there is no scanner, or the file is larger than it takes. */
export type Verdict = 'clean' | 'infected' | 'not_scanned';

/** A scanner that does not answer within this time is down. */
const patience = 120_000;

/**
 * Sends a file to the scanner at `address`: the path of a socket, or `host:port`. Throws when it cannot be reached or
 * makes no sense, so that the file is asked about again later and stays unseen meanwhile.
 */
export async function scan(address: string | null, file: () => Readable): Promise<Verdict> {
  if (!address) return 'not_scanned';

  const socket = dial(address);
  socket.setTimeout(patience, () => socket.destroy(new Error('the virus scanner does not answer')));
  const answer = hear(socket);
  // A scanner that has had enough answers and hangs up: then what it said counts, not that the line is dead.
  const said = pipeline(file(), inChunks, socket, { end: false }).catch(() => {});
  try {
    return verdictOf(await answer);
  } finally {
    socket.destroy();
    await said;
  }
}

function dial(address: string): Socket {
  const [, host, port] = /^(?:tcp:\/\/)?\[?([^/\s]+?)\]?:(\d+)$/.exec(address) ?? [];
  return host ? connect(Number(port), host) : connect(address.replace(/^unix:(\/\/)?/, ''));
}

/** INSTREAM: each piece with its length in front, and a length of nothing at the end. */
async function* inChunks(file: AsyncIterable<Buffer>) {
  yield Buffer.from('zINSTREAM\0');
  for await (const piece of file) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    yield length;
    yield piece;
  }
  yield Buffer.alloc(4);
}

function hear(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (piece) => {
      text += String(piece);
      if (text.includes('\0') || text.includes('\n')) resolve(text);
    });
    socket.on('error', reject);
    socket.on('close', () => (text ? resolve(text) : reject(new Error('the virus scanner hung up'))));
  });
}

function verdictOf(answer: string): Verdict {
  const said = answer.replace(/[\0\n]/g, '').trim();
  if (/\bOK$/.test(said)) return 'clean';
  if (/\bFOUND$/.test(said)) return 'infected';
  if (/size limit exceeded/i.test(said)) return 'not_scanned';
  throw new Error('the virus scanner gave an answer that we do not know');
}
