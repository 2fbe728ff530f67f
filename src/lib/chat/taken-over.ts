/** What of a conversation goes into the form that the assistant led to: the customer's own words alone. Pure. */
import { clean, isBlank, lengthOf } from '#lib/platform/cleaning.ts';
import { locales } from '#lib/platform/language.ts';
import { wordsFor } from '#lib/platform/words.ts';
import type { Way } from './turn.ts';

export interface SaidLine {
  spoken_by: 'customer' | 'assistant';
  text: string;
  ways: readonly Way[];
  at: Date;
}

/** What was said longer before the last words is hardly about the same. */
const longestBefore = 24 * 60 * 60 * 1000;

/**
 * What the customer wrote last, in order, as far as `most` characters go: of more, the newest messages. What they chose
 * of what was offered are the assistant's words, and stay out.
 */
export function takenOver(lines: readonly SaidLine[], most: number): string {
  const own = lines.filter(
    (line, at) => line.spoken_by === 'customer' && !isChosen(line.text, lines[at - 1]) && !isBlank(line.text)
  );
  const last = own.at(-1)?.at.getTime() ?? 0;
  let text = '';
  for (const line of own.toReversed()) {
    const more = [clean(line.text).trim(), text].filter(Boolean).join('\n');
    if (last - line.at.getTime() > longestBefore || (text !== '' && lengthOf(more) > most)) break;
    text = [...more].slice(0, most).join('');
  }
  return text;
}

const refusals = new Set(locales.map((locale) => wordsFor(locale)('chat.not_that')));

const isChosen = (text: string, before: SaidLine | undefined) =>
  refusals.has(text) || before?.ways.some(({ topic, label }) => topic !== undefined && label === text);
