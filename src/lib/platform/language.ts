/** Which language somebody is spoken to: what they chose, what we know of them, what their browser asks for. */
import { isLocale, locales, type Locale } from './words.ts';

/** Keeps the language of whoever is signed in, for pages that cannot ask the database. */
export const spokenCookie = 'hearth.spoken';

export function languageOf(
  known: string | undefined,
  chosen: string | undefined,
  asked: string | null | undefined
): Locale {
  if (isLocale(chosen)) return chosen;
  if (isLocale(known)) return known;
  return askedLanguage(asked, locales) ?? locales[0];
}

/** The best of these languages in an `Accept-Language` header, by its weights. */
export function askedLanguage<T extends string>(
  header: string | null | undefined,
  among: readonly T[]
): T | undefined {
  return (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', weight = ''] = part.trim().split(/;\s*q=/);
      return { language: tag.slice(0, 2).toLowerCase(), weight: weight === '' ? 1 : Number(weight) || 0 };
    })
    .sort((a, b) => b.weight - a.weight)
    .map(({ language }) => among.find((known) => known === language))
    .find((language) => language !== undefined);
}
