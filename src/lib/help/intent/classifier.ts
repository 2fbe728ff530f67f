/** Says which category a question belongs to, and how surely: a linear machine and small neural layers, averaged. */
import { familiarity, learnSayings } from './familiar.ts';
import { guess, learnLayer, softmax } from './layer.ts';
import { learnMargins, measure } from './margins.ts';
import { vectorOf, vocabularyOf } from './vectors.ts';

/** A text whose category is known. */
export type Example = { text: string; category: string };

/** A category, its share of the likelihood, and the share of the text that was ever said of it, both from 0 to 1. */
export type Guess = { category: string; confidence: number; familiar: number };

/** What training leaves behind: answers with all categories, likeliest first. */
export type Classifier = { classify: (text: string) => Guess[] };

/** Learns from examples: a second for a help centre, some twenty for ten thousand questions. The same each time. */
export function trainClassifier(given: readonly Example[]): Classifier {
  const categories = [...new Set(given.map(({ category }) => category))].sort();
  const numbers = new Map(categories.map((category, number) => [category, number]));
  const examples = [...given, ...categories.map(named)];
  const known = Int32Array.from(examples, ({ category }) => numbers.get(category) ?? 0);
  const vocabulary = vocabularyOf(examples.map(({ text }) => text));
  const vectors = examples.map(({ text }) => vectorOf(vocabulary, text));
  const size = { categories: categories.length, pieces: vocabulary.weights.length };

  const margins = learnMargins(vectors, known, size);
  const passes = examples.length > 4_000 ? 6 : 9;
  const layers = seeds.map((seed) => learnLayer(vectors, known, size, passes, seed));

  const sayings = learnSayings(
    vocabulary,
    examples.map(({ text }) => text),
    known,
    categories.length
  );

  return {
    classify(text) {
      const vector = vectorOf(vocabulary, text);
      if (vector.places.length === 0)
        return categories.map((category) => ({ category, confidence: 0, familiar: 0 }));
      const heard = familiarity(sayings, vocabulary, text);
      const firm = softmax(measure(margins, vector), sharpness);
      const soft = layers.map((layer) => guess(layer, vector));
      const sureness = (j: number) =>
        (firm[j]! + soft.reduce((sum, shares) => sum + shares[j]!, 0) / soft.length) / 2;
      return categories
        .map((category, j) => ({ category, confidence: sureness(j), j }))
        .sort((a, b) => b.confidence - a.confidence)
        .map(({ category, confidence, j }, rank) => ({
          category,
          confidence,
          familiar: rank < ranked ? heard(j) : 0
        }));
    }
  };
}

/** Of so many, the likeliest, it is worth knowing how familiar they are. */
const ranked = 5;

/** Each seed makes a layer with errors of its own; three of them together have fewer. */
const seeds = [1, 2, 3];

/** Turns margins into something like likelihoods. */
const sharpness = 4;

/** A category's own name says what it is about, which helps where there are few examples. */
const named = (category: string): Example => ({ text: category.replaceAll(/[_-]+/g, ' '), category });
