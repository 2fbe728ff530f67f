/** Cuts a text into sentences of words. */
import { isDevanagari, romanise } from './hindi.ts';
import { foldAccents } from './normalise.ts';

/** `text` is the word as read, Devanagari in Latin letters; `stop` says that a comma or a sentence ends after it. */
export type Word = { text: string; devanagari: boolean; stop: '' | ',' | '.' };

/** The words of a normalised text, in order. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let end = 0;
  for (const match of text
    .replace(elision, '$1 ')
    .replace(contraction, ' ')
    .replace(apostrophe, '')
    .matchAll(word)) {
    const previous = words.at(-1);
    if (previous) previous.stop = stopIn(match.input.slice(end, match.index));
    words.push({ text: readable(match[0]), devanagari: isDevanagari(match[0]), stop: '' });
    end = match.index + match[0].length;
  }
  return words;
}

const word = /[\p{L}\p{M}\p{N}@$]+/gu;
const elision = /(?<![\p{L}\p{N}])(qu|[cdjlmnst])['’`´]/gu;
/** `I'll`, `we've`, `fire's`: what follows the mark says nothing, and `ill` would say much. */
const contraction = /['’`´](?:ll|re|ve|d|m|s)(?![\p{L}\p{N}])/gu;
const apostrophe = /['’`´]/g;

function stopIn(gap: string): Word['stop'] {
  if (/[.!?;।॥\n…]/.test(gap)) return '.';
  return /[,:()–—"«»]|\s-\s/.test(gap) ? ',' : '';
}

function readable(word: string): string {
  return isDevanagari(word) ? romanise(word) : foldAccents(word.replace(/(.)\1{2,}/gu, '$1$1'));
}
