/** Program: takes one picture out of a film. */
import { fstatSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { answer } from './answering.ts';
import { openFilms } from './ffmpeg.ts';

const task = JSON.parse(process.argv[2] ?? '{}') as { folder: string };
const film = openSync(join(task.folder, 'original'), 'r');

sharp.cache(false);
sharp.concurrency(1);
const films = await openFilms();
const { seconds, frame } = films.frameOf(film, fstatSync(film).size);
const poster = await sharp(frame).webp({ quality: 78 }).toBuffer({ resolveWithObject: true });
const thumb = await sharp(frame)
  .resize(320, 320, { fit: 'inside', withoutEnlargement: true })
  .webp()
  .toBuffer();

writeFileSync(join(task.folder, 'poster.webp'), poster.data);
writeFileSync(join(task.folder, 'thumb.webp'), thumb);
const { width, height } = poster.info;
answer({ preview: 'made', width, height, seconds });
