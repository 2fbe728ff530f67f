/** Where in a film its position stands: read from the boxes of MP4, MOV and 3GP, and from the tags of WebM. */

/** Reads bytes of a file; fewer at its end. */
export type Read = (at: number, length: number) => Buffer;

export interface FilmPosition {
  /** Null when there is something in the film that we cannot read. */
  found: boolean | null;
  /** What to overwrite so that it is gone: for each place the bytes to put there. Null when that cannot be done. */
  blanks: Blank[] | null;
}

export interface Blank {
  at: number;
  bytes: Buffer;
}

interface Box {
  type: string;
  /** Where its head begins, where its content does, and where it ends. */
  at: number;
  start: number;
  end: number;
}

export function findFilmPosition(read: Read, size: number, type: string): FilmPosition {
  return type === 'video/webm' ? inTags(read, size) : inBoxes(read, size);
}

function inBoxes(read: Read, size: number): FilmPosition {
  const blanks: Blank[] = [];
  let unreadable = false;
  let unblankable = false;

  for (const box of boxes(read, 0, size)) {
    if (box.type === 'moov') look(box);
    if (box.type === 'uuid' && mentions(read, box)) blank(box);
  }
  const found = unblankable || blanks.length > 0;
  return { found: found || (unreadable ? null : false), blanks: unblankable || unreadable ? null : blanks };

  function look(parent: Box) {
    for (const box of boxes(read, parent.start, parent.end)) {
      if (parents.has(box.type)) look(box);
      else if (box.type === 'meta') lookInMeta(box);
      else if (box.type === 'cmov') unreadable = true;
      else if (places.has(box.type)) blank(box);
      else if ((box.type === 'uuid' || box.type === 'XMP_') && mentions(read, box)) blank(box);
      else if (box.type === 'hdlr' && parent.type === 'mdia') judgeTrack(box, parent);
    }
  }

  /** A list of named values: the names first, then the values by their number in that list. */
  function lookInMeta(meta: Box) {
    // In MP4 four bytes of version stand before the boxes, in QuickTime none do.
    const full = !/^[a-z]{4}$/.test(read(meta.start + 4, 4).toString('latin1'));
    const within = [...boxes(read, meta.start + (full ? 4 : 0), meta.end)];
    const keys = within.find(({ type }) => type === 'keys');
    const names = keys ? namesIn(read(keys.start, Math.min(keys.end - keys.start, 65_536))) : [];
    const values = within.find(({ type }) => type === 'ilst');
    if (!values) return;
    for (const item of boxes(read, values.start, values.end)) {
      const name = names[read(item.at + 4, 4).readUInt32BE() - 1] ?? '';
      if (places.has(item.type) || /location/i.test(name)) blankValue(item);
    }
  }

  /** Cameras that record where they are all along do so in a track of its own, mixed with picture and sound. */
  function judgeTrack(hdlr: Box, mdia: Box) {
    const kind = read(hdlr.start + 8, 4).toString('latin1');
    if (kind === 'meta' || kind === 'data') unblankable ||= telemetry.test(textOf(read, mdia));
    if (['text', 'sbtl', 'subt'].includes(kind)) unreadable = true;
  }

  function blank({ at, start, end }: Box) {
    blanks.push({ at: at + 4, bytes: Buffer.from('free') }, { at: start, bytes: Buffer.alloc(end - start) });
  }

  /** The value goes, its box stays: the others are counted. */
  function blankValue(item: Box) {
    for (const { type, start, end } of boxes(read, item.start, item.end)) {
      const blank = Buffer.alloc(Math.max(0, end - start - 8));
      if (type === 'data' && !read(start + 8, blank.length).equals(blank))
        blanks.push({ at: start + 8, bytes: blank });
    }
  }
}

/** Boxes that hold other boxes on the way to a position. */
const parents = new Set(['trak', 'mdia', 'minf', 'udta']);
const places = new Set(['\xa9xyz', 'loci', '\xa9loc', 'GPS ']);
const telemetry = /gpmd|camm|rtmd|location/i;

function* boxes(read: Read, from: number, to: number): Generator<Box> {
  for (let at = from; at + 8 <= to;) {
    const head = read(at, 16);
    if (head.length < 8) return;
    const type = head.toString('latin1', 4, 8);
    const small = head.readUInt32BE();
    const wide = small === 1 && head.length === 16;
    const length = wide ? Number(head.readBigUInt64BE(8)) : small === 0 ? to - at : small;
    const headLength = wide ? 16 : 8;
    if (length < headLength || at + length > to) return;
    yield { type, at, start: at + headLength, end: at + length };
    at += length;
  }
}

function namesIn(keys: Buffer): string[] {
  const names = [];
  for (let at = 8; at + 8 <= keys.length;) {
    const length = keys.readUInt32BE(at);
    if (length < 8) break;
    names.push(keys.toString('latin1', at + 8, at + length));
    at += length;
  }
  return names;
}

const textOf = (read: Read, { start, end }: Box) =>
  read(start, Math.min(end - start, 262_144)).toString('latin1');
const mentions = (read: Read, box: Box) => /GPS|location/i.test(textOf(read, box));

/** Tags of WebM stand at its beginning or its end. We do not rewrite them. */
function inTags(read: Read, size: number): FilmPosition {
  const reach = 524_288;
  const ends = read(0, reach).toString('latin1') + read(Math.max(0, size - reach), reach).toString('latin1');
  const found = /LOCATION|GPS/.test(ends);
  return { found, blanks: found ? null : [] };
}
