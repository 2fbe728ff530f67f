/** The line between one browser and Hearth, which can be cut: in the middle of a word, before a word, or in silence. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Every way in which a line goes. The last one is noticed by nobody until a sign of life fails to come. */
export const cuts = [
  'reset',
  'hang-up',
  'mid-event',
  'mid-headers',
  'black-out',
  'pages',
  'silence'
] as const;
export type Cut = (typeof cuts)[number];

export interface Line {
  url: string;
  /** Cuts it. `bytes` is after how many more bytes, for the cuts that fall in the middle of something. */
  cut(how: Cut, bytes: number): void;
  /** Lets everything through again that is asked for from now on. What fell silent stays so. */
  mend(): void;
  /** Event streams that are open now, and how many were opened so far. */
  streams(): { open: number; opened: number };
  /** Everything that Hearth said on event streams, as it came. */
  said(): string;
  close(): void;
}

interface Wire {
  browser: Socket;
  hearth: Socket;
  /** Whether an event stream is running on it. */
  stream: boolean;
  silent: boolean;
  /** How many bytes still go to the browser before it breaks. */
  left: number;
}

export async function layLine(port: number): Promise<Line> {
  const wires = new Set<Wire>();
  const said: string[] = [];
  let opened = 0;
  let refusing: 'all' | 'pages' | null = null;
  let silent = false;
  /** After how many bytes of its answer the next stream breaks. */
  let nextStream = Infinity;

  const server = createServer((browser) => {
    const hearth = connect(port, '127.0.0.1');
    const wire: Wire = { browser, hearth, stream: false, silent, left: Infinity };
    wires.add(wire);
    const over = () => {
      wires.delete(wire);
      if (!wire.silent) browser.destroy();
      hearth.destroy();
    };
    browser
      .on('error', over)
      .on('close', over)
      .on('data', (bytes: Buffer) => ask(wire, bytes));
    hearth
      .on('error', over)
      .on('close', over)
      .on('data', (bytes: Buffer) => answer(wire, bytes));
    if (refusing === 'all') browser.resetAndDestroy();
  });
  server.listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  // A server on a port has an address with one.
  const own = server.address() as AddressInfo;

  /** A browser does not send a second request on a line before it has the first one's answer. */
  function ask(wire: Wire, bytes: Buffer) {
    wire.stream = bytes.toString('latin1', 0, 9) === 'GET /live';
    if (wire.stream) {
      opened += 1;
      wire.left = nextStream;
      nextStream = Infinity;
    } else if (refusing) return void wire.browser.resetAndDestroy();
    if (!wire.silent) wire.hearth.write(bytes);
  }

  function answer(wire: Wire, bytes: Buffer) {
    if (wire.stream) said.push(bytes.toString());
    if (wire.silent) return;
    wire.browser.write(bytes.subarray(0, wire.left));
    if (bytes.length >= wire.left) wire.browser.end(() => wire.browser.resetAndDestroy());
    wire.left -= bytes.length;
    if (bytes.toString('latin1', bytes.length - 5) === '0\r\n\r\n') wire.stream = false;
  }

  const streams = () => [...wires].filter(({ stream, silent: dead }) => stream && !dead);

  const ways: Record<Cut, (bytes: number) => void> = {
    reset: () => streams().forEach(({ browser }) => browser.resetAndDestroy()),
    'hang-up': () => wires.forEach(({ browser }) => browser.end()),
    'mid-event': (bytes) => streams().forEach((wire) => (wire.left = bytes)),
    'mid-headers': (bytes) => {
      nextStream = bytes;
      ways.reset(bytes);
    },
    'black-out': () => {
      refusing = 'all';
      wires.forEach(({ browser }) => browser.resetAndDestroy());
    },
    // The stream stands and tells of news, but the page cannot be read.
    pages: () => (refusing = 'pages'),
    silence: () => {
      silent = true;
      wires.forEach((wire) => (wire.silent = true));
    }
  };

  return {
    url: `http://127.0.0.1:${own.port}`,
    cut: (how, bytes) => ways[how](bytes),
    mend() {
      refusing = null;
      silent = false;
    },
    streams: () => ({ open: streams().length, opened }),
    said: () => said.join(''),
    close() {
      server.close();
      wires.forEach(({ browser }) => browser.destroy());
    }
  };
}
