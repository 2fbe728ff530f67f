/** Everything the emergency screen learns from: the written sentences, the made ones, and spoilt copies of both. */
import { readFileSync } from 'node:fs';
import { english } from './grammar-en.ts';
import { spanish } from './grammar-es.ts';
import { french } from './grammar-fr.ts';
import { hindi } from './grammar-hi.ts';
import { pick, sentences, type Grammar } from './grammar.ts';

/** `target` is how much of an emergency it is, `weight` how much it counts, `family` keeps copies with their original. */
export type Example = { text: string; target: number; weight: number; family: number };

/** A sentence from the files, `misspelt` on purpose or not. */
export type Written = { text: string; target: number; kind: Kind; misspelt: boolean };

export type Kind = 'emergency' | 'nearMiss' | 'ordinary' | 'possible';

export function writtenSentences(): Written[] {
  return files.flatMap(({ name, target, kind }) => read(name).map((line) => ({ ...line, target, kind })));
}

/** Sentences by pattern, the same ones for the same `random`. */
export function madeSentences(random: () => number): Written[] {
  return grammars.flatMap(({ grammar, count }) =>
    kinds.flatMap(({ kind, target, share }) =>
      [...new Set(sentences(grammar[kind], grammar.slots, Math.round(count * share), random))].map(
        (text) => ({
          text,
          target,
          kind,
          misspelt: false
        })
      )
    )
  );
}

/** Training examples: each sentence as it is, misspelt, politely wrapped, inside something ordinary, and cut short. */
export function examplesOf(written: readonly Written[], weight: number, random: () => number): Example[] {
  const ordinary = written.filter(({ kind }) => kind === 'ordinary').map(({ text }) => text);
  return written.flatMap(({ text, target, kind }, family) => {
    const example = (spoilt: string, share: number) => ({
      text: spoilt,
      target,
      weight: weight * share,
      family
    });
    return [
      example(text, 1),
      example(misspell(text, random), 0.4),
      ...(random() < 0.35 ? [example(embed(text, ordinary, random), 0.5)] : []),
      ...(random() < 0.2 ? [example(wrapPolitely(text, random), 0.4)] : []),
      ...(kind === 'ordinary' ? [example(pieceOf(text, random), 0.4)] : [])
    ];
  });
}

const languages = ['en', 'es', 'fr', 'hi', 'hi-latn'];
const files: { name: string; target: number; kind: Kind }[] = [
  ...languages.map((language) => ({ name: `emergency.${language}`, target: 1, kind: 'emergency' as const })),
  ...languages.map((language) => ({ name: `near-miss.${language}`, target: 0, kind: 'nearMiss' as const })),
  ...languages.map((language) => ({ name: `ordinary.${language}`, target: 0, kind: 'ordinary' as const })),
  { name: 'possible', target: 0.5, kind: 'possible' }
];

const grammars: { grammar: Grammar; count: number }[] = [
  { grammar: english, count: 2600 },
  { grammar: spanish, count: 1200 },
  { grammar: french, count: 1200 },
  { grammar: hindi, count: 1200 }
];

const kinds = [
  { kind: 'emergency', target: 1, share: 0.47 },
  { kind: 'nearMiss', target: 0, share: 0.38 },
  { kind: 'ordinary', target: 0, share: 0.15 }
] as const;

function read(name: string): { text: string; misspelt: boolean }[] {
  let misspelt = false;
  const lines = readFileSync(new URL(`./${name}.txt`, import.meta.url), 'utf8').split('\n');
  return lines.flatMap((text) => {
    if (text.startsWith('## ')) misspelt = text === '## misspelt';
    return text.trim() && !text.startsWith('#') ? [{ text, misspelt }] : [];
  });
}

/** One or two slips of the finger: a letter left out, doubled, swapped or hit beside. */
function misspell(text: string, random: () => number): string {
  const letters = [...text];
  for (let slips = random() < 0.5 ? 1 : 2; slips > 0; slips--) {
    const at = 1 + Math.floor(random() * Math.max(1, letters.length - 2));
    const here = letters[at] ?? '';
    const next = letters[at + 1] ?? '';
    const kind = random();
    if (!/\p{L}/u.test(here)) continue;
    if (kind < 0.3) letters.splice(at, 1);
    else if (kind < 0.5) letters.splice(at, 1, here + here);
    else if (kind < 0.8 && next.trim()) letters.splice(at, 2, next, here);
    else if (/[a-z]/.test(here)) letters.splice(at, 1, pick([...'abcdefghijklmnopqrstuvwxyz'], random));
  }
  return letters.join('');
}

const openings = [
  'hi',
  'hello',
  'good morning',
  'dear team',
  'please',
  'sorry to bother you but',
  'hola',
  'buenas',
  'por favor',
  'bonjour',
  'bonsoir',
  'svp',
  'namaste',
  'sir',
  'bhai'
];
const closings = [
  'thanks',
  'thank you',
  'please',
  'regards',
  'asap',
  'bye',
  'gracias',
  'por favor',
  'saludos',
  'merci',
  's’il vous plaît',
  'cordialement',
  'dhanyavad',
  'please sir',
  'kripya'
];

function wrapPolitely(text: string, random: () => number): string {
  return random() < 0.5
    ? `${pick(openings, random)} ${text}`
    : `${random() < 0.4 ? `${pick(openings, random)} ` : ''}${text} ${pick(closings, random)}`;
}

/** A few words in a row: what a window of the screen sees of a long text. */
function pieceOf(text: string, random: () => number): string {
  const words = text.split(' ');
  const size = 3 + Math.floor(random() * 6);
  const from = Math.floor(random() * Math.max(1, words.length - size));
  return words.slice(from, from + size).join(' ');
}

function embed(text: string, ordinary: readonly string[], random: () => number): string {
  const other = pick(ordinary, random);
  const joint = pick([', ', '. ', ' and ', ' ', ', also '], random);
  return random() < 0.5 ? `${other}${joint}${text}` : `${text}${joint}${other}`;
}
