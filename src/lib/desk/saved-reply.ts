/** Replies that are said often, with places that are filled from the request. Pure; filled as text, never as markup. */
import { clean, isBlank, lengthOf } from '#lib/platform/cleaning.ts';
import type { WordKey } from '#lib/platform/words.ts';

/** What can stand between braces, by the name under which people write it. */
export const places = ['customer name', 'reference', 'my name'] as const;
type Place = (typeof places)[number];
export type Facts = Record<Place, string | null>;

export const longestName = 80;
export const longestText = 4_000;

/** The text with its places filled. What is not known stays as it is, and is named. */
export function fillReply(text: string, facts: Facts): { text: string; missing: string[] } {
  const missing = new Set<string>();
  const filled = text.replaceAll(/\{([^{}\n]{1,40})\}/g, (whole, written: string) => {
    const name = written.trim().toLowerCase();
    const fact = places.some((place) => place === name) ? facts[name as Place] : null;
    if (fact) return fact;
    missing.add(whole);
    return whole;
  });
  return { text: filled, missing: [...missing] };
}

/** What nobody will be able to fill. */
export const unknownPlaces = (text: string): string[] =>
  fillReply(text, { 'customer name': 'x', reference: 'x', 'my name': 'x' }).missing;

export interface Written {
  name: string;
  text: string;
}

export type Problems = Partial<Record<keyof Written, { words: WordKey; values?: Record<string, string> }>>;

/** What was typed, cleaned, and what is wrong with it. */
export function readReply(typed: Written): {
  value: Written;
  problems: Problems;
} {
  const value = {
    name: isBlank(typed.name) ? '' : clean(typed.name).trim(),
    text: isBlank(typed.text) ? '' : clean(typed.text).trim()
  };
  const unknown = unknownPlaces(value.text);
  return {
    value,
    problems: {
      ...(value.name === '' && { name: { words: 'replies.name_empty' } }),
      ...(lengthOf(value.name) > longestName && { name: { words: 'replies.name_long' } }),
      ...(unknown.length > 0 && {
        text: { words: 'replies.unknown_place', values: { place: unknown.join(', ') } }
      }),
      ...(value.text === '' && { text: { words: 'replies.text_empty' } }),
      ...(lengthOf(value.text) > longestText && { text: { words: 'replies.text_long' } })
    } satisfies Problems
  };
}
