/** Cuts a question into the pieces its sense is judged by: words, pairs of words, and runs of letters within a word. */

/** Longer texts are read up to here: what is asked is said by then, and the time an answer takes stays bounded. */
const longest = 2_000;

/** Words and pairs in one list, runs of two to five letters in the other; a repeated piece stands as often as it was said. */
export function piecesOf(text: string): { words: number[]; letters: number[] } {
  const said = wordsOf(text);
  const words: number[] = [];
  const letters: number[] = [];
  let previous = '';
  for (const word of said) {
    words.push(hashOf(`w ${word}`));
    if (previous) words.push(hashOf(`p ${previous} ${word}`));
    previous = word;
    const framed = ` ${word.slice(0, 40)} `;
    for (let size = 2; size <= 5; size++)
      for (let at = 0; at + size <= framed.length; at++) letters.push(hashOf(framed.slice(at, at + size)));
  }
  return { words, letters };
}

/** Lower case, one form of each letter, accents off (many do not type them), marks left out. */
export const wordsOf = (text: string): string[] =>
  text
    .slice(0, longest)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .match(/[\p{L}\p{N}\p{M}']+/gu) ?? [];

/** FNV-1a, spread once more: two pieces in a million share a number, which harms nothing. */
function hashOf(piece: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < piece.length; i++) hash = Math.imul(hash ^ piece.charCodeAt(i), 0x01000193);
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) | 0;
}
