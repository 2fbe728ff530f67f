/** What a request is called: its subject or first words. What kind it is says its label; alone it is nobody's title. */
import { beginning } from './excerpt.ts';

/** So much of a text is looked at, and so much fits a line. */
const look = 400;
const line = 71;

/** The first sentence or line of what somebody wrote; the kind where they wrote nothing. */
export function titleOf(written: string | null, kind: string): string {
  const first = (written ?? '').slice(0, look).trim().split('\n')[0]?.trim() ?? '';
  const end = first.search(/[.!?।](?=\s|$)/u);
  // A first word such as "Hello." says nothing yet.
  const sentence = end >= shortest && end < line ? first.slice(0, end + (first[end] === '?' ? 1 : 0)) : first;
  return beginning(sentence, line) || kind;
}

const shortest = 12;

/** Whether words say more than the title over them. */
export const saysMore = (said: string | null, title: string): said is string =>
  said !== null && said.replace(/[.!]$/, '') !== title;

/** What a request was begun with: its subject, else its words. Lists ask the database the same. */
export function writtenIn({ answers, description }: { answers: unknown; description: string }): string {
  const subject = (answers as { subject?: unknown } | null)?.subject;
  return typeof subject === 'string' && subject !== '' ? subject : description;
}
