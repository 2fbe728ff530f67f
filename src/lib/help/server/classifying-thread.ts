/** The thread on which the bot learns and sorts questions, so that no page waits while it learns. */
import { parentPort, workerData } from 'node:worker_threads';
import { toPerson } from '../bot.ts';
import { withConcepts } from '../concepts.ts';
import { trainClassifier, type Example, type Guess } from '../intent/classifier.ts';
import { spelled } from '../lesson.ts';
import type { Knowledge } from './knowledge.ts';

const { examples, taught } = workerData as Knowledge;
const forPeople = examples.filter(({ category }) => category === toPerson);
const learn = (from: readonly Example[]) =>
  trainClassifier(from.map(({ text, category }) => ({ text: withConcepts(text), category })));
const sort = ({ classify }: ReturnType<typeof learn>, text: string) => classify(withConcepts(text));

/** Lessons that would hide the words for a person are not generalised: they hold for their own words alone. */
function learnAll() {
  const all = learn([...examples, ...taught]);
  const isSafe = forPeople.every(({ text }) => sort(all, text)[0]?.category === toPerson);
  return isSafe || taught.length === 0 ? all : learn(examples);
}

const classifier = learnAll();
const byWords = new Map(taught.map(({ text, category }) => [spelled(text), category]));
for (const { text } of forPeople) byWords.delete(spelled(text));

/** A question that was taught word by word needs no guessing. */
function guessesOf(text: string): Guess[] {
  const guesses = sort(classifier, text);
  const known = byWords.get(spelled(text));
  if (!known) return guesses.slice(0, 5);
  const others = guesses.filter(({ category }) => category !== known);
  return [{ category: known, confidence: 1, familiar: 1 }, ...others.slice(0, 4)];
}

parentPort?.postMessage({ id: 0 });
parentPort?.on('message', ({ id, text }: { id: number; text: string }) =>
  parentPort?.postMessage({ id, guesses: guessesOf(text) })
);
