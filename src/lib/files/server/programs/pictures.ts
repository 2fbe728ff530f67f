/** Program: draws one image anew, without anything that was written into it, and says whether that was a position. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import heif from 'libheif-js/wasm-bundle.js';
import sharp, { type Sharp } from 'sharp';
import { carriesPosition } from '../position.ts';
import { answer } from './answering.ts';

/** More than any phone takes, less than would fill the memory. */
const mostPixels = 120_000_000;

const task = JSON.parse(process.argv[2] ?? '{}') as { folder: string; type: string };
const input = join(task.folder, 'original');

sharp.cache(false);
sharp.concurrency(1);
// Only what we take: the library would open a lot more, drawings with scripts among it.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((format) => `VipsForeignLoad${format}`)
});

const bytes = readFileSync(input);
const has_position = await positionOfImage();
const pictures = await draw().catch(() => null);
answer({ has_position, preview: pictures ? 'made' : 'failed', ...pictures });

async function positionOfImage() {
  if (carriesPosition(bytes)) return true;
  // Some formats keep these compressed, where looking through the bytes finds nothing.
  const { exif, xmp } = await sharp(input, { limitInputPixels: mostPixels })
    .metadata()
    .catch(() => ({ exif: undefined, xmp: undefined }));
  return [exif, xmp].some((part) => part && carriesPosition(part));
}

async function draw() {
  const image = task.type === 'image/heic' ? await fromHeic() : fromFile();
  const shown = await image
    .resize(1600, 1600, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .timeout({ seconds: 45 })
    .toBuffer({ resolveWithObject: true });
  const thumb = await sharp(shown.data)
    .resize(320, 320, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 75 })
    .toBuffer();
  writeFileSync(join(task.folder, 'shown.webp'), shown.data);
  writeFileSync(join(task.folder, 'thumb.webp'), thumb);
  return { width: shown.info.width, height: shown.info.height };
}

function fromFile(): Sharp {
  return sharp(input, { limitInputPixels: mostPixels, failOn: 'error' }).autoOrient();
}

/** HEIC comes upright out of its decoder. Of several pictures it shows the one that the file names as primary. */
async function fromHeic(): Promise<Sharp> {
  await heif.ready;
  const all = new heif.HeifDecoder().decode(bytes);
  const picture = all.find((each) => each.is_primary()) ?? all[0];
  if (!picture) throw new Error('no picture');
  const [width, height] = [picture.get_width(), picture.get_height()];
  if (width * height > mostPixels) throw new Error('too large a picture');

  const data = new Uint8ClampedArray(width * height * 4);
  await new Promise<void>((drawn, failed) =>
    picture.display({ data, width, height }, (shown) =>
      shown ? drawn() : failed(new Error('a broken picture'))
    )
  );
  return sharp(data, { raw: { width, height, channels: 4 } });
}
