/** The thread on which the bot learns and sorts questions, so that no page waits while it learns. */
import { parentPort, workerData } from 'node:worker_threads';
import { withConcepts } from '../concepts.ts';
import { trainClassifier, type Example } from '../intent/classifier.ts';

const examples = workerData as Example[];
const { classify } = trainClassifier(
  examples.map(({ text, category }) => ({ text: withConcepts(text), category }))
);
parentPort?.postMessage({ id: 0 });
parentPort?.on('message', ({ id, text }: { id: number; text: string }) =>
  parentPort?.postMessage({ id, guesses: classify(withConcepts(text)).slice(0, 5) })
);
