/** The thread on which the bot learns and sorts questions, so that no page waits while it learns. */
import { parentPort, workerData } from 'node:worker_threads';
import { toPerson } from '../bot.ts';
import { classifierOf, trainClassifier, type Guess } from '../intent/classifier.ts';
import { spelled } from '../lesson.ts';
import { learnedOnce } from './kept-learning.ts';
import type { Knowledge } from './knowledge.ts';

const { examples, taught, folder } = workerData as Knowledge & { folder: string };
const forPeople = examples.filter(({ category }) => category === toPerson);

/** What is ours is learned once; what people were quoted with is learned by each process, and written nowhere. */
const ours = async () => classifierOf(await learnedOnce(folder, examples));

/** Lessons that would hide the words for a person are not generalised: they hold for their own words alone. */
async function learnAll() {
  if (taught.length === 0) return ours();
  const all = trainClassifier([...examples, ...taught]);
  const isSafe = forPeople.every(({ text }) => all.classify(text)[0]?.category === toPerson);
  return isSafe ? all : ours();
}

const classifier = await learnAll();
const byWords = new Map(taught.map(({ text, category }) => [spelled(text), category]));
for (const { text } of forPeople) byWords.delete(spelled(text));

/** A question that was taught word by word needs no guessing. */
function guessesOf(text: string): Guess[] {
  const guesses = classifier.classify(text);
  const known = byWords.get(spelled(text));
  if (!known) return guesses.slice(0, 5);
  const others = guesses.filter(({ category }) => category !== known);
  return [{ category: known, confidence: 1, familiar: 1 }, ...others.slice(0, 4)];
}

parentPort?.postMessage({ id: 0 });
parentPort?.on('message', ({ id, text }: { id: number; text: string }) =>
  parentPort?.postMessage({ id, guesses: guessesOf(text) })
);
