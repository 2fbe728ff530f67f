/** What staff teach the bot: a question, and what answers it. Pure. */
import { isBlank, lengthOf } from '#lib/platform/cleaning.ts';
import type { Topic } from './bot.ts';
import { facts } from './questions.ts';
import { wordsOf } from './intent/pieces.ts';

/** A question as it may be asked again, and the topic that answers it, `person`, or `none` where nothing of ours does. */
export interface Lesson {
  question: string;
  topic: Topic;
}

export const mostOfLesson = 200;

/** A question as it was asked, as far as a lesson takes it. */
export const lessonOf = (question: string): string => [...question].slice(0, mostOfLesson).join('');

export const problemWithLesson = (question: string) =>
  isBlank(question) || wordsOf(question).length === 0
    ? ('bot.lesson_empty' as const)
    : lengthOf(question) > mostOfLesson || lengthOf(question) < 3
      ? ('bot.lesson_length' as const)
      : undefined;

/** How a topic is named where no article or kind of request names it. */
export const ownTopics = ['person', 'none', ...facts.map((fact) => `fact:${fact}` as const)] as const;

/** Spelled alike: neither capitals, accents nor marks make another question of it. */
export const spelled = (question: string): string => wordsOf(question).join(' ');
