/** The languages Hearth speaks, and in which of them somebody is spoken to. A new one stands here first; then its words. */

/** The first is the one for people who ask for none. */
export const locales = ['en', 'es'] as const;
export type Locale = (typeof locales)[number];

export const isLocale = (value: unknown): value is Locale => locales.includes(value as Locale);

/** The language that somebody chose, or the first of ours where it is none that we speak. */
export const localeOf = (chosen: unknown): Locale => (isLocale(chosen) ? chosen : locales[0]);

/** Keeps the language of whoever is signed in, for pages that cannot ask the database. */
export const spokenCookie = 'hearth.spoken';

/** What they chose, else what we know of them, else what their browser asks for. */
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
