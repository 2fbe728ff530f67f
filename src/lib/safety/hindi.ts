/** Brings Hindi in Devanagari and Hindi in Latin letters to one spelling by sound. */

/** Whether a word is written in Devanagari. */
export const isDevanagari = (word: string) => /[\u0900-\u097f]/.test(word);

/** `गंध` → `gandh`: plain Latin letters, with the unspoken a's left out. */
export function romanise(word: string): string {
  const syllables: Syllable[] = [];
  for (const sign of word.normalize('NFD')) {
    const last = syllables.at(-1);
    if (consonants[sign]) syllables.push({ onset: consonants[sign], vowel: 'a', implied: true });
    else if (vowels[sign]) syllables.push({ onset: '', vowel: vowels[sign], implied: false });
    else if (matras[sign] !== undefined && last) Object.assign(last, { vowel: matras[sign], implied: false });
    else if (sign === nasal || sign === nasalMoon) syllables.push({ onset: 'n', vowel: '', implied: false });
    else if (/[a-z0-9]/.test(sign)) syllables.push({ onset: sign, vowel: '', implied: false });
  }
  return silenced(syllables)
    .map(({ onset, vowel }) => onset + vowel)
    .join('');
}

/**
 * How a word sounds, roughly: the same for `badboo`, `badbu` and `badbhu`. Not meant to be read. Used for all
 * languages, because people in a hurry write what they hear.
 */
export function soundOf(word: string): string {
  let sound = word;
  for (const [pattern, letters] of sounds) sound = sound.replace(pattern, letters);
  return sound;
}

type Syllable = { onset: string; vowel: string; implied: boolean };

/** The a after the last consonant is silent, and so is one between two spoken syllables (`nikalane` → `nikalne`). */
function silenced(syllables: Syllable[]): Syllable[] {
  const out = syllables.map((syllable) => ({ ...syllable }));
  for (let i = out.length - 1; i > 0; i--) {
    const here = out[i];
    const next = out[i + 1];
    const previous = out[i - 1];
    if (!here?.implied || !here.onset) continue;
    if (!next || (i > 0 && next.onset && next.vowel && previous?.vowel)) here.vowel = '';
  }
  return out;
}

const sounds: [RegExp, string][] = [
  [/ph/g, 'f'],
  [/ck/g, 'k'],
  [/([bcdgjkst])h/g, '$1'],
  [/c(?=[eiy])/g, 's'],
  [/qu(?=[ei])/g, 'k'],
  [/[cq]/g, 'k'],
  [/x/g, 'ks'],
  [/w/g, 'v'],
  [/z/g, 's'],
  [/j/g, 's'],
  [/y/g, 'i'],
  [/ee|ea|ie|ii|ei/g, 'i'],
  [/oo|ou|uu/g, 'u'],
  [/aa/g, 'a'],
  [/ai|ae/g, 'e'],
  [/au|ao/g, 'o'],
  [/(.)\1+/g, '$1'],
  [/(?<=..)e$/, ''],
  [/(?<=..)n$/, '']
];

const pairs = (table: string) =>
  Object.fromEntries(table.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1)])) as Record<
    string,
    string
  >; // split on a space: both halves are there

const consonants = pairs(
  'कk खkh गg घgh ङn चch छchh जj झjh ञn टt ठth डd ढdh णn तt थth दd धdh नn पp फph बb भbh मm यy रr लl ळl वv शsh षsh सs हh'
);
const vowels = pairs('अa आaa इi ईee उu ऊoo ऋri एe ऐai ओo औau ऑo ऍe');
const matras: Record<string, string> = pairs('ाaa िi ीee ुu ूoo ृri ेe ैai ोo ौau ॉo ॅe ़ ्');
const nasal = 'ं';
const nasalMoon = 'ँ';
