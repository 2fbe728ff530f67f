/** The words of all languages, as the server has them. A browser has `catalogue.browser.ts` in its place. */
import en from './en.ts';
import es from './es.ts';

/** English is the reference: a key exists when English has it. A house test keeps the other languages level. */
export type WordKey = keyof typeof en;

export type Catalogue = Record<'en' | 'es', Partial<Record<WordKey, string>>>;

export const catalogue: Catalogue = { en, es };

/** On the server all words are there from the start. */
export async function fetchWords(_locale: keyof Catalogue): Promise<void> {}
