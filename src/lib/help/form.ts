/** What we accept when somebody at the desk writes an article: its words in each language, where it stands, what has changed. */
import { clean, isBlank, lengthOf, oneLine } from '#lib/platform/cleaning.ts';
import { textIn } from '#lib/platform/posted.ts';
import { locales, type Locale } from '#lib/platform/language.ts';
import type { Values, WordKey } from '#lib/platform/words.ts';
import { actionPath, bounds, type Topic, topics } from './article.ts';

/** What an article says in one language, as it is kept. */
export interface Texts {
  title: string;
  summary: string;
  body: string;
  questions: string[];
  action: string | null;
}

export type Draft = { topic: Topic; note: string | null; texts: Partial<Record<Locale, Texts>> };

/** What was typed, by the name of its field, so that a refused form shows it again. */
export type Typed = Record<string, string>;
type Problem = { words: WordKey; values?: Values };
export type Reading =
  { ok: true; typed: Typed; draft: Draft } | { ok: false; typed: Typed; problems: Record<string, Problem> };

const parts = ['title', 'summary', 'body', 'questions'] as const;
export type Part = (typeof parts)[number];
export const fieldOf = (part: Part, locale: Locale) => `${part}_${locale}`;

/** Reads a posted article. A language in which nothing was written is left out; in one there must be something. */
export function readDraft(form: FormData): Reading {
  const typed: Typed = Object.fromEntries(
    [
      'topic',
      'action',
      'note',
      ...locales.flatMap((locale) => parts.map((part) => fieldOf(part, locale)))
    ].map((name) => [name, tidied(name, textIn(form, name))])
  );
  const said = (name: string) => typed[name] ?? '';
  const written = locales.filter((locale) => parts.some((part) => said(fieldOf(part, locale)) !== ''));

  const problems: Record<string, Problem> = {};
  const topic = topics.find((one) => one === said('topic'));
  if (!topic) problems['topic'] = { words: 'form.required_choice' };
  if (said('action') && !actionPath.test(said('action')))
    problems['action'] = { words: 'articles.action_wrong' };
  if (lengthOf(said('note')) > bounds.note) problems['note'] = tooLong(bounds.note);
  if (written.length === 0) problems[fieldOf('title', 'en')] = { words: 'articles.nothing_written' };
  for (const locale of written) {
    for (const part of ['title', 'summary', 'body'] as const) {
      const problem = judged(said(fieldOf(part, locale)), bounds[part]);
      if (problem) problems[fieldOf(part, locale)] = problem;
    }
    const problem = judgedQuestions(linesOf(said(fieldOf('questions', locale))));
    if (problem) problems[fieldOf('questions', locale)] = problem;
  }
  if (!topic || Object.keys(problems).length > 0) return { ok: false, typed, problems };

  const action = said('action') || null;
  const texts = Object.fromEntries(
    written.map((locale) => [
      locale,
      {
        title: said(fieldOf('title', locale)),
        summary: said(fieldOf('summary', locale)),
        body: said(fieldOf('body', locale)),
        questions: linesOf(said(fieldOf('questions', locale))),
        action
      }
    ])
  );
  return { ok: true, typed, draft: { topic, note: said('note') || null, texts } };
}

/** An article as its form shows it. */
export const typedOf = (topic: string, texts: Partial<Record<Locale, Texts>>): Typed => ({
  topic,
  action: locales.map((locale) => texts[locale]?.action).find(Boolean) ?? '',
  ...Object.fromEntries(
    locales.flatMap((locale) => [
      [fieldOf('title', locale), texts[locale]?.title ?? ''],
      [fieldOf('summary', locale), texts[locale]?.summary ?? ''],
      [fieldOf('body', locale), texts[locale]?.body ?? ''],
      [fieldOf('questions', locale), (texts[locale]?.questions ?? []).join('\n')]
    ])
  )
});

export const sameTexts = (one: Texts | undefined, other: Texts | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  one.title === other.title &&
  one.summary === other.summary &&
  one.body === other.body &&
  one.action === other.action &&
  one.questions.join('\n') === other.questions.join('\n');

/** The address of a new article, out of its title: letters, digits and dashes. */
export function slugOf(title: string): string {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? [];
  const from = words.findIndex((word) => /^[a-z]/.test(word));
  const slug =
    from < 0
      ? ''
      : words
          .slice(from, from + 8)
          .join('-')
          .slice(0, 60);
  return slug.length >= 3 ? slug : ['article', ...words].join('-').slice(0, 60);
}

function tidied(name: string, text: string) {
  if (isBlank(text)) return '';
  if (name.startsWith('body') || name.startsWith('questions')) return clean(text).trim();
  return oneLine(text);
}

const linesOf = (text: string) => [
  ...new Set(
    text
      .split('\n')
      .map(oneLine)
      .filter((line) => line !== '')
  )
];

function judged(text: string, most: number): Problem | null {
  if (text === '') return { words: 'articles.part_missing' };
  if (lengthOf(text) < bounds.least) return { words: 'articles.too_short' };
  return lengthOf(text) > most ? tooLong(most) : null;
}

function judgedQuestions(lines: string[]): Problem | null {
  if (lines.length > bounds.questions)
    return { words: 'articles.too_many_questions', values: { max: bounds.questions } };
  return lines.some((line) => lengthOf(line) < bounds.least || lengthOf(line) > bounds.question)
    ? { words: 'articles.question_length', values: { max: bounds.question } }
    : null;
}

const tooLong = (max: number): Problem => ({ words: 'form.too_long', values: { max } });
