/** FFmpeg as WebAssembly: what it does to a hostile film stays inside its own memory. */
import { readFileSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The parts of FFmpeg's module that we use. */
interface Ffmpeg {
  FS: {
    mkdir(path: string): void;
    mount(type: unknown, options: unknown, path: string): void;
    filesystems: Record<string, unknown>;
    readFile(path: string): Uint8Array;
  };
  setLogger(log: (line: { message: string }) => void): void;
  exec(...args: string[]): number;
}

/** Loads it. It is an optional dependency, for its licence; without it this throws. */
export async function openFilms() {
  const load = createRequire(import.meta.url);
  const home = dirname(load.resolve('@ffmpeg/core'));
  pretendToBeABrowser();
  const create = load(join(home, 'ffmpeg-core.js')) as (options: object) => Promise<Ffmpeg>;
  const ffmpeg = await create({ wasmBinary: readFileSync(join(home, 'ffmpeg-core.wasm')) });

  return {
    /** A frame from the beginning of a film, as PNG, and how long the film is. Read piece by piece from the open file. */
    frameOf(file: number, size: number): { frame: Uint8Array; seconds: number | null } {
      const told: string[] = [];
      ffmpeg.setLogger(({ message }) => void told.push(message));
      ffmpeg.FS.mkdir('/in');
      ffmpeg.FS.mount(
        ffmpeg.FS.filesystems['WORKERFS'],
        { blobs: [{ name: 'film', data: piece(file, 0, size) }] },
        '/in'
      );

      // A second in, most films have begun. A shorter one shows its first frame.
      for (const start of ['1', '0']) {
        ffmpeg.exec(
          '-ss',
          start,
          '-i',
          '/in/film',
          '-an',
          '-sn',
          '-dn',
          '-frames:v',
          '1',
          '-vf',
          fit,
          '/frame.png'
        );
        const frame = frameMade();
        if (frame) return { frame, seconds: secondsIn(told) };
      }
      throw new Error('no picture in this film');
    }
  };

  function frameMade() {
    try {
      return ffmpeg.FS.readFile('/frame.png');
    } catch {
      return null;
    }
  }
}

const fit = "scale=w='min(1280,iw)':h='min(1280,ih)':force_original_aspect_ratio=decrease";

/** A blob, as far as FFmpeg's file system wants one: it has a size, and can be cut. */
const piece = (file: number, from: number, to: number): object => ({
  file,
  from,
  size: to - from,
  slice: (start: number, end: number) => piece(file, from + start, Math.min(from + end, to))
});

/** The module was built for a worker of a browser, and looks for a few of its things. */
function pretendToBeABrowser() {
  class FileReaderSync {
    readAsArrayBuffer({ file, from, size }: { file: number; from: number; size: number }) {
      const bytes = new Uint8Array(size);
      readSync(file, bytes, 0, size, from);
      return bytes.buffer;
    }
  }
  Object.assign(globalThis, {
    self: globalThis,
    WorkerGlobalScope: class {},
    importScripts: () => {},
    location: { href: 'file:///' },
    FileReaderSync
  });
}

function secondsIn(told: string[]): number | null {
  const [, hours, minutes, seconds] =
    told.map((line) => /Duration: (\d+):(\d\d):(\d\d\.\d+)/.exec(line)).find(Boolean) ?? [];
  return seconds ? Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) : null;
}
