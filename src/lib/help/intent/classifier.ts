/** Says which category a question belongs to, and how surely: a linear machine and small neural layers, averaged. */
import { withConcepts } from './concepts.ts';
import { familiarity, learnSayings, type Sayings } from './familiar.ts';
import { guess, learnLayer, type Layer } from './layer.ts';
import { learnMargins, measure, type Margins } from './margins.ts';
import { softmax, vectorOf, vocabularyOf, type Vocabulary } from './vectors.ts';

/** A text whose category is known. */
export type Example = { text: string; category: string };

/** A category, its share of the likelihood, and the share of the text that was ever said of it, both from 0 to 1. */
export type Guess = { category: string; confidence: number; familiar: number };

/** What training leaves behind: answers with all categories, likeliest first. */
export type Classifier = { classify: (text: string) => Guess[] };

/** What was learned, as data that can be kept and read again. */
export type Model = {
  categories: string[];
  vocabulary: Vocabulary;
  margins: Margins;
  heed: number;
  layers: Layer[];
  sayings: Sayings;
};

/** Learns from examples: seconds for a help centre, some twenty for ten thousand questions. The same each time. */
export function learnModel(given: readonly Example[]): Model {
  const categories = [...new Set(given.map(({ category }) => category))].sort();
  const numbers = new Map(categories.map((category, number) => [category, number]));
  const examples = [...given, ...categories.map(named)];
  const known = Int32Array.from(examples, ({ category }) => numbers.get(category) ?? 0);
  const texts = examples.map(({ text }) => withConcepts(text));
  const vocabulary = vocabularyOf(texts);
  const vectors = texts.map((text) => vectorOf(vocabulary, text));
  const size = { categories: categories.length, pieces: vocabulary.weights.length };
  const ways = examples.length > plenty ? ofPlenty : ofFew;
  return {
    categories,
    vocabulary,
    margins: learnMargins(vectors, known, size),
    heed: ways.heed,
    layers: seeds.map((seed) => learnLayer(vectors, known, size, ways, seed)),
    sayings: learnSayings(vocabulary, texts, known, categories.length)
  };
}

/** Answers by what was learned. */
export const classifierOf = ({
  categories,
  vocabulary,
  margins,
  heed,
  layers,
  sayings
}: Model): Classifier => ({
  classify(said) {
    const text = withConcepts(said);
    const vector = vectorOf(vocabulary, text);
    if (vector.places.length === 0)
      return categories.map((category) => ({ category, confidence: 0, familiar: 0 }));
    const heard = familiarity(sayings, vocabulary, text);
    const firm = softmax(measure(margins, vector), sharpness);
    const soft = layers.map((layer) => guess(layer, vector));
    return categories
      .map((category, j) => {
        const shares = soft.reduce((sum, of) => sum + of[j]!, 0) / soft.length;
        return { category, j, likely: shares + heed * firm[j]!, confidence: (shares + firm[j]!) / 2 };
      })
      .sort((a, b) => b.likely - a.likely)
      .map(({ category, confidence, j }, rank) => ({
        category,
        confidence,
        familiar: rank < ranked ? heard(j) : 0
      }));
  }
});

/** Learns, to answer at once. */
export const trainClassifier = (given: readonly Example[]): Classifier => classifierOf(learnModel(given));

/** Of so many, the likeliest, it is worth knowing how familiar they are. */
const ranked = 5;

/** Each seed makes a layer with errors of its own; several of them together have fewer. */
const seeds = [1, 2, 3, 4, 5, 6];

/**
 * Few examples are gone through often, each time with most of their pieces missed, and the layers choose nearly alone; of
 * many the linear machine knows as much as they, and is heeded as much. How sure one may be the two always say together:
 * layers alone are too sure of what they have never seen. Found on examples, by keeping some apart.
 */
const plenty = 4_000;
const ofFew = { passes: 12, missed: 0.7, heed: 0.15 };
const ofPlenty = { passes: 6, missed: 0.5, heed: 1 };

/** Turns margins into something like likelihoods. */
const sharpness = 4;

/** A category's own name says what it is about, which helps where there are few examples. */
const named = (category: string): Example => ({ text: category.replaceAll(/[_-]+/g, ' '), category });
