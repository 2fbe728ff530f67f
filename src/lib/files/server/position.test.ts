import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { findFilmPosition } from './film-position.ts';
import { carriesPosition } from './position.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../../../tests/fixtures', name));
const gps = {
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '52/1 31/1 12/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '13/1 24/1 18/1'
  }
};
const blank = () => sharp({ create: { width: 80, height: 60, channels: 3, background: '#274' } });

test.each(['jpeg', 'png', 'webp', 'avif'] as const)(
  'a position in the EXIF of %s is found',
  async (format) => {
    expect(carriesPosition(await blank().withExif(gps).toFormat(format).toBuffer())).toBe(true);
  }
);

test('EXIF without a position is no position', async () => {
  const exif = { IFD0: { Make: 'Phone', Copyright: 'Ada' } };
  for (const format of ['jpeg', 'png', 'webp'] as const) {
    expect(carriesPosition(await blank().withExif(exif).toFormat(format).toBuffer())).toBe(false);
  }
});

test('a position in XMP, in HEIC, in a picture inside a document and in a film inside a picture is found', async () => {
  const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>52,31.2N</exif:GPSLatitude></x:xmpmeta>';
  expect(carriesPosition(await blank().withXmp(xmp).jpeg().toBuffer())).toBe(true);
  expect(carriesPosition(fixture('phone.heic'))).toBe(true);

  const photo = await blank().withExif(gps).jpeg().toBuffer();
  expect(
    carriesPosition(Buffer.concat([Buffer.from('%PDF-1.7\nstream\n'), photo, Buffer.from('\nendstream')]))
  ).toBe(true);
  expect(carriesPosition(Buffer.concat([await blank().jpeg().toBuffer(), fixture('android.mp4')]))).toBe(
    true
  );
});

test('rubbish that looks like the beginning of EXIF does no harm', () => {
  for (let length = 0; length < 60; length++) {
    const rubbish = Buffer.concat([Buffer.from('Exif\0\0II*\0'), Buffer.alloc(length, 0xff)]);
    expect(carriesPosition(rubbish)).toBe(false);
  }
});

test.each([
  ['android.mp4', 'video/mp4'],
  ['iphone.mov', 'video/quicktime']
])('the position in %s is found and can be taken out, with nothing else changed', (name, type) => {
  const film = fixture(name);
  const { found, blanks } = look(film, type);
  expect(found).toBe(true);

  const clean = Buffer.from(film);
  for (const { at, bytes } of blanks ?? []) bytes.copy(clean, at);
  expect(look(clean, type).found).toBe(false);
  expect(clean.length).toBe(film.length);
  expect(clean.includes('+52.5') || clean.includes('13.40')).toBe(false);
  const touched = [...clean].filter((byte, at) => byte !== film[at]).length;
  expect(touched).toBeLessThan(60);
});

test.each([
  ['film.mp4', 'video/mp4'],
  ['film.webm', 'video/webm']
])('%s has no position', (name, type) => {
  expect(look(fixture(name), type)).toEqual({ found: false, blanks: [] });
});

test('a track that records the way all along cannot be taken out', () => {
  const film = box('moov', box('trak', box('mdia', hdlr('meta'), box('minf', Buffer.from('....gpmd....')))));
  expect(look(film, 'video/mp4')).toEqual({ found: true, blanks: null });
});

test('where there may be something that we cannot read, we do not say that there is nothing', () => {
  expect(look(box('moov', box('trak', box('mdia', hdlr('text')))), 'video/mp4').found).toBeNull();
  expect(look(box('moov', box('cmov', Buffer.alloc(9))), 'video/mp4').found).toBeNull();
  expect(
    look(Buffer.concat([fixture('film.webm'), Buffer.from('RECORDING_LOCATION')]), 'video/webm')
  ).toEqual({
    found: true,
    blanks: null
  });
});

test('boxes that lie about their length end the look, not the program', () => {
  const film = fixture('iphone.mov');
  for (let at = 0; at < film.length; at += 7) {
    const broken = Buffer.from(film);
    broken.writeUInt32BE(0xffffffff, Math.min(at, film.length - 4));
    expect(() => look(broken, 'video/quicktime')).not.toThrow();
  }
});

const look = (film: Buffer, type: string) =>
  findFilmPosition((at, length) => film.subarray(at, at + length), film.length, type);

function box(type: string, ...content: Buffer[]) {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.reduce((sum, { length }) => sum + length, 0));
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...content]);
}

const hdlr = (kind: string) => box('hdlr', Buffer.alloc(8), Buffer.from(kind), Buffer.alloc(12));
