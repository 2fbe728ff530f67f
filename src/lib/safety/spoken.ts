/** The language a text is written in, as far as its words tell: what to do is then said in it. */
import type { Language } from './languages.ts';
import { languages } from './languages.ts';
import { normalise } from './normalise.ts';
import { evidenceOf, readWords } from './reading.ts';
import { wordsOf } from './tokens.ts';

/** Null where nothing tells, or two languages are as likely. Hindi is Hindi in either script. */
export function spokenIn(text: string): Language | null {
  const sums = new Map<Language, number>();
  for (const word of readWords(wordsOf(normalise(text.slice(0, enough)))))
    for (const language of languages) {
      const said = evidenceOf(word)[language];
      if (said) sums.set(language, (sums.get(language) ?? 0) + said);
    }
  const [[first, most] = [null, 0], [, next] = [null, 0]] = [...sums].sort(([, a], [, b]) => b - a);
  return most > next * clearly ? first : null;
}

/** A language is told from little. */
const enough = 2_000;
const clearly = 1.2;
