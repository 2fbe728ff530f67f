/** Finds service types by what people call them: by the start of words, by other words, and past misspellings. */
import type { Locale } from '#lib/platform/language.ts';
import type { ServiceType } from '#lib/forms/definition.ts';
import { groups } from './all.ts';

/** The types that fit the query, the best first. Words that fit nearly all of them count for next to nothing. */
export function searchTypes(types: readonly ServiceType[], query: string, locale: Locale): ServiceType[] {
  const scores = new Map(types.map((type) => [type, 0]));
  for (const word of wordsOf(query.slice(0, longestQuery))) {
    const hits = types.flatMap((type) => {
      const fit = fitOf(word, type, locale);
      return fit > 0 ? [{ type, fit }] : [];
    });
    // The three keep one rare word from outweighing all the rest of a sentence.
    const rarity = Math.log((types.length + 3) / (hits.length + 3));
    for (const { type, fit } of hits)
      scores.set(type, (scores.get(type) ?? 0) + fit * rarity * substance(word));
  }

  const found = [...scores].filter(([, score]) => score > 0).sort(([, one], [, other]) => other - one);
  const best = found[0]?.[1] ?? 0;
  return found.filter(([, score]) => score > best / 3).map(([type]) => type);
}

/** More than anybody types to find a kind of request. */
const longestQuery = 400;

/** "Is", "my" and "the" say less than "meter", in every language. */
const substance = (word: string) => Math.min(1, word.length / 5);

type Term = { word: string; weight: number };

/** How well a word fits a type, by the best of the type's own words. */
function fitOf(word: string, type: ServiceType, locale: Locale) {
  return Math.max(0, ...termsOf(type, locale).map((term) => term.weight * likeness(word, term.word)));
}

/** 1 for the same word, less for one that begins alike, less again for one that is spelled alike. */
function likeness(word: string, term: string) {
  if (word === term) return 1;
  if (word.length >= 2 && term.startsWith(word)) return 0.5 + (0.5 * word.length) / term.length;
  if (term.length >= 4 && word.startsWith(term)) return 0.8;
  if (word.length < 4 || term.length < 4) return 0;

  const shared = sharedPart(pieces(word), pieces(term));
  return shared >= 0.4 ? 0.7 * shared : 0;
}

/** The share of pieces that two words have in common (Dice's coefficient). */
function sharedPart(one: ReadonlySet<string>, other: ReadonlySet<string>) {
  let common = 0;
  for (const piece of one) if (other.has(piece)) common += 1;
  return (2 * common) / (one.size + other.size);
}

/** A word in overlapping pieces of three letters, its start and end marked: `bill` is `  b`, ` bi`, `bil`, `ill`, `ll `. */
function pieces(word: string): ReadonlySet<string> {
  let found = cut.get(word);
  if (!found) {
    const padded = `  ${word} `;
    found = new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
    if (cut.size < 10_000) cut.set(word, found);
  }
  return found;
}

function termsOf(type: ServiceType, locale: Locale): Term[] {
  let terms = read.get(type)?.[locale];
  if (!terms) {
    const other = locale === 'en' ? 'es' : 'en';
    terms = [
      ...spoken(type, locale),
      ...spoken(type, other).map((term) => ({ ...term, weight: term.weight / 2 }))
    ];
    read.set(type, { ...read.get(type), [locale]: terms });
  }
  return terms;
}

function spoken({ code, group, name, keywords, summary }: ServiceType, locale: Locale): Term[] {
  const weighted: [string, number][] = [
    [code, 3],
    [name[locale], 3],
    [keywords[locale], 2],
    [groups.find((one) => one.code === group)?.name[locale] ?? '', 1.5],
    [summary[locale], 1]
  ];
  return weighted.flatMap(([text, weight]) => wordsOf(text).map((word) => ({ word, weight })));
}

/** Lower case, without accents, cut at everything that is no letter or digit. */
const wordsOf = (text: string) => [
  ...new Set(
    text
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
  )
];

const cut = new Map<string, ReadonlySet<string>>();
const read = new WeakMap<ServiceType, Partial<Record<Locale, Term[]>>>();
