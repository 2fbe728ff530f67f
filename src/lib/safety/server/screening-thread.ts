/** The thread that reads long texts for danger, so that nobody's page waits for somebody else's letter. */
import { parentPort } from 'node:worker_threads';
import { readHere, warmUpReading } from './reading-here.ts';

warmUpReading();

parentPort?.on('message', ({ id, text }: { id: number; text: string }) =>
  parentPort?.postMessage({ id, reading: readHere(text) })
);
