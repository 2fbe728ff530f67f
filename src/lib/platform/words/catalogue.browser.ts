/** The words as a browser has them: those of the language that its page speaks, fetched before anything is drawn. */
import type { Catalogue } from './catalogue.ts';

export const catalogue: Catalogue = { en: {}, es: {} };

const ways = { en: () => import('./en.ts'), es: () => import('./es.ts') };

export async function fetchWords(locale: keyof Catalogue): Promise<void> {
  catalogue[locale] = (await ways[locale]()).default;
}
