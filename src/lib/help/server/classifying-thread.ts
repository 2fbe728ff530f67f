/** The thread on which the bot learns and sorts questions, so that no page waits while it learns. */
import { parentPort, workerData } from 'node:worker_threads';
import { trainClassifier, type Example } from '../intent/classifier.ts';

const { classify } = trainClassifier(workerData as Example[]);
parentPort?.postMessage({ id: 0 });
parentPort?.on('message', ({ id, text }: { id: number; text: string }) =>
  parentPort?.postMessage({ id, guesses: classify(text).slice(0, 5) })
);
