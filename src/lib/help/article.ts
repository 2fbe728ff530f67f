/** What an article of the help centre is, and how one is written down in a file. */
import * as v from 'valibot';
import type { Locale } from '#lib/platform/language.ts';

/** In the order in which the help centre shows them. */
export const topics = [
  'safety',
  'bills',
  'payments',
  'readings',
  'moving',
  'cylinders',
  'visits',
  'account'
] as const;
export type Topic = (typeof topics)[number];

/** One article in one language. `questions` are as customers ask them; `action` is the page where one does it. */
export interface Article {
  slug: string;
  topic: Topic;
  locale: Locale;
  title: string;
  summary: string;
  /** Markdown. */
  body: string;
  questions: string[];
  action: string | null;
}

/** As it stands in a list. `locale` is the language of its words. */
export type Found = Pick<Article, 'slug' | 'locale' | 'title' | 'summary'>;

/** Bounds of what is written, as the table holds them too. */
export const bounds = {
  ...{ least: 3, title: 120, summary: 300, body: 20_000, note: 500 },
  ...{ question: 200, questions: 60, words: 1000 }
} as const;

/** A page of ours where one does what an article speaks of. */
export const actionPath = /^\/[a-zA-Z0-9/?=&_-]{1,120}$/;

const short = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(bounds.least), v.maxLength(most));

/** What stands above the text of a file. */
const head = v.strictObject({
  title: short(bounds.title),
  summary: short(bounds.summary),
  topic: v.picklist(topics),
  action: v.optional(v.nullable(v.pipe(v.string(), v.regex(actionPath))), null),
  questions: v.pipe(v.array(short(bounds.question)), v.maxLength(bounds.questions))
});

/** An article out of its head, already read from YAML, and its text. Throws with the name of what is wrong. */
export function articleOf(slug: string, locale: Locale, given: unknown, body: string): Article {
  const result = v.safeParse(head, given);
  if (!result.success) {
    const wrong = result.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`).join('; ');
    throw new Error(`The article ${locale}/${slug} cannot be read: ${wrong}`);
  }
  return { slug, locale, body: body.trim(), ...result.output };
}
