/** The emergency screen: whether a text may be a call for help about gas, carbon monoxide or fire. */
import { unpack } from './classifier.ts';
import { addCommonWords } from './dictionary.ts';
import { judge, worst, type Verdict } from './judge.ts';
import { packed } from './weights.ts';

export type { Verdict } from './judge.ts';
export type { Level } from './rules.ts';

/**
 * Reads a text in any of the screen's languages. Pure, and bounded: of a longer text the beginning and the end are read
 * for outright danger, and the rest is for a person. The verdict is that of the worst part.
 */
export function screen(text: string): Verdict {
  if (text.length <= mostCharacters) return judge(text, model);
  const half = mostCharacters / 2;
  return worst([
    judge(text.slice(0, half), model),
    judge(text.slice(-half), model),
    { level: 'possible', hazard: null, why: ['too long'] }
  ]);
}

/** Several texts that belong together, such as messages in a row: a call split over two of them is still one. */
export function screenAll(texts: readonly string[]): Verdict {
  const joined = texts.slice(1).map((text, i) => `${texts[i] ?? ''} ${text}`);
  return worst([...texts, ...joined, texts.join(' ')].map(screen));
}

/**
 * The same when nothing may go wrong: a screen that fails or dawdles says `possible`, so that a person looks. It has
 * a second chance to be quick: the engine may have tidied up in the middle of the first.
 */
export function screenSafely(text: string, now: () => number = () => performance.now()): Verdict {
  try {
    return (
      screenInTime(text, now) ?? screenInTime(text, now) ?? { level: 'possible', hazard: null, why: ['late'] }
    );
  } catch {
    return { level: 'possible', hazard: null, why: ['failed'] };
  }
}

/** Null when it is all clear but took too long to be believed. */
function screenInTime(text: string, now: () => number): Verdict | null {
  const started = now();
  const verdict = screen(text);
  return verdict.level === 'clear' && now() - started > mostMilliseconds + text.length / 100 ? null : verdict;
}

/** More than any form of ours holds when it is filled to the brim with what people write. */
export const mostCharacters = 24_000;
/**
 * Of the clock that the caller gives: a server gives its own processor time, so that a busy machine frightens nobody. A
 * long text may take longer. */
const mostMilliseconds = 50;

const model = unpack(packed);
addCommonWords(packed.vocabulary.split(' '), packed.sounds.split(' '));
