/**
 * Whether a message says thanks and nothing else, in every language we are written to. Only what is known for certain
 * counts: one word that is not on the lists, a question, a sad face, and it is somebody's concern again.
 */
import { normalise } from '#lib/safety/normalise.ts';
import { courtesies, thanks } from './thanks-words.ts';

/** Longer ones have something to say. */
const longest = 240;

/** `names` are those of the people it may be addressed to. */
export function isThanks(text: string, names: readonly string[] = []): boolean {
  if (text.length > longest || hasConcern(text)) return false;
  const said = wordsOf(text);
  const called = new Set(names.flatMap(wordsOf));
  let thanked = false;
  for (let at = 0; at < said.length;) {
    const known = called.has(said[at] ?? '') ? 1 : longestAt(said, at);
    if (known === 0) return false;
    thanked ||= thanks.has(said.slice(at, at + known).join(' '));
    at += known;
  }
  return thanked;
}

/** Signs that no thanks need: questions, numbers, money, addresses, and faces that do not smile. */
function hasConcern(text: string): boolean {
  const plainly = text.replace(/[:;]-?[)D]/g, ' ');
  const faces = plainly.match(/\p{Extended_Pictographic}/gu) ?? [];
  return /[?¿:;(/\\<>%$€£₹#*@&=\p{N}]/u.test(plainly) || faces.some((face) => !kindFaces.has(face));
}

const kindFaces = new Set('🙏👍👌👏😊🙂😀😃😄😁😆🥰😍🤗🤝❤♥💙💚💛🧡💐🌹🌸🎉✨🌟⭐💯💪☺😇🙌🥳');

function longestAt(said: readonly string[], at: number): number {
  for (let words = Math.min(mostWords, said.length - at); words > 0; words--) {
    const phrase = said.slice(at, at + words).join(' ');
    if (thanks.has(phrase) || courtesies.has(phrase)) return words;
  }
  return 0;
}

const mostWords = 6;

/** Its words as the lists write them: no capitals, accents or signs, and `it's` as one word. */
export const wordsOf = (text: string): string[] =>
  normalise(text)
    .replace(/['’]/g, '')
    .split(/[^\p{L}\p{M}]+/u)
    .filter(Boolean);
