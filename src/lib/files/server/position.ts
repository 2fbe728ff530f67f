/** Whether a picture or document says where it was taken. In doubt it does: then only staff get it as it is. */

/**
 * Looks through all bytes, not only where a position should stand: pictures hide in pictures, films in pictures,
 * and pictures in documents.
 */
export function carriesPosition(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return spokenPosition(buffer) || [...tiffs(buffer)].some((start) => positionInTiff(buffer.subarray(start)));
}

/** Words under which XMP and films keep a position. */
const words = [
  'GPSLatitude',
  'GPSLongitude',
  '\xa9xyz',
  'quicktime.location',
  'LocationCreated',
  'LocationShown'
];

const spokenPosition = (buffer: Buffer) => words.some((word) => buffer.includes(Buffer.from(word, 'latin1')));

/** Where EXIF may begin: it is a small TIFF file, in either byte order. */
function* tiffs(buffer: Buffer) {
  for (const sign of ['II*\0', 'MM\0*']) {
    for (let at = buffer.indexOf(sign, 0, 'latin1'); at >= 0; at = buffer.indexOf(sign, at + 1, 'latin1'))
      yield at;
  }
}

const gpsPointer = 0x8825;
const latitude = 2;
const longitude = 4;

function positionInTiff(tiff: Buffer): boolean {
  const little = tiff[0] === 0x49;
  const u16 = (at: number) =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const u32 = (at: number) =>
    at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at);
  const tags = (at: number) => {
    const count = u16(at);
    if (at < 8 || count === 0 || at + 2 + count * 12 > tiff.length) return [];
    return Array.from({ length: count }, (_, nth) => at + 2 + nth * 12);
  };

  const pointer = tags(u32(4)).find((entry) => u16(entry) === gpsPointer);
  if (pointer === undefined) return false;
  return tags(u32(pointer + 8)).some((entry) => [latitude, longitude].includes(u16(entry)));
}
